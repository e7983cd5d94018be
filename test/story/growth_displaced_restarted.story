# The primary's growth was accepted by its own voter and one other; its agent is killed, and a setting by another server takes the growth's place in the own voter.
# The new agent finds its instance open, alone, with two records under which nobody is eligible: that one may be is forgotten by nobody (P5).
servers a b c
arbiters x y
primary a
automatic on
begins switchable
eligible 1
at 0.2 load on
at 0.3 detach a c
at 3.0 cut wal a b
at 8.0 heal a b
at 8.4585 cut agents a b
at 8.4585 cut agents a c
at 8.4585 cut agents a y
at 8.47 cut agents a x
at 8.47 cut agents c x
at 8.48 kill agent a for good
at 10.55 clog c b 0.3
at 10.55 clog c y 0.3
at 10.6 disable c
at 10.85 heal a c
at 10.9 start a
at 11.26 cut c
at 11.27 kill host c
at 28 boot c
at 28.5 start c
at 28.6 heal
lasts 60
must cutting.proved on a
must switchable at 60
never lost
never two acknowledging
expect
    0.200  -      load                         on
    0.292  c      standby.ask                  standby
    0.300  -      detach                       a c
    0.300  a      apart.change                 primary
    0.303  a      round.accept                 primary
    0.308  a      reply                        0: server "c" is detached and kept apart: no commit waits for it, and it does not take over
    3.000  -      cut                          wal a b
    5.106  a      detach.lost                  primary
    5.110  a      round.accept                 primary
    5.113  a      names.follow_record          primary
    5.113  b      standby.ask                  standby
    8.000  -      heal                         a b
    8.255  a      attach.tighten               primary
    8.455  a      attach.propose               primary
    8.458  a      attach.accept                primary
    8.458  -      cut                          agents a b
    8.458  -      cut                          agents a c
    8.458  -      cut                          agents a y
    8.470  -      cut                          agents a x
    8.470  -      cut                          agents c x
    8.480  -      kill                         agent a for good
   10.550  -      clog                         c b 0.3
   10.550  -      clog                         c y 0.3
   10.600  -      disable                      c
   10.600  c      setting.change               standby
   10.850  -      heal                         a c
   10.850  c      standby.ask                  standby
   10.900  -      start                        a
   10.900  a      recalling.done               recalling -> asking
   11.204  c      round.accept                 standby
   11.260  -      cut                          c
   11.270  -      kill                         host c
   11.270  c      instance                     down
   11.905  a      lease.out                    asking -> cutting
   11.907  a      instance                     down
   11.935  a      cutting.proved               cutting -> fenced
   14.513  b      standby.missed               standby
   14.520  b      claim.silent                 standby -> claiming
   14.523  b      claiming.cut                 claiming
   14.525  b      claiming.accept              claiming
   14.529  b      standby.named                claiming -> promoting
   14.529  b      promoting.promote            promoting
   14.599  b      instance                     promoted to timeline 2
   14.601  b      promoting.done               promoting -> proving
   14.601  b      proving.mark                 proving
   14.606  b      proving.open                 proving -> opening
   14.608  b      opening.done                 opening -> primary
   28.000  -      boot                         c
   28.500  -      start                        c
   28.500  c      recalling.done               recalling -> asking
   28.600  -      heal                         
   28.608  b      apart.change                 primary
   28.608  c      asking.round                 asking
   28.612  b      round.accept                 primary
   28.616  b      setting.change               primary
   28.621  b      round.accept                 primary
   28.631  a      cut.majority_back            fenced -> asking
   28.631  a      asking.round                 asking
   28.667  c      asking.seek                  asking -> seeking
   28.667  c      seeking.ask                  seeking
   28.669  c      standby.take_chain           seeking
   28.674  c      seeking.start                seeking -> standby-starting
   28.754  a      asking.seek                  asking -> seeking
   28.754  a      seeking.ask                  seeking
   28.755  a      seeking.refused              seeking -> staying-down
   28.780  c      instance                     up, standby
   28.780  c      standby_starting.up          standby-starting -> standby
   28.780  c      standby.open                 standby
   28.905  b      attach.tighten               primary
   29.055  b      attach.propose               primary
   29.058  b      attach.accept                primary
