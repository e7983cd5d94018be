# As in growth_displaced_restarted, and what takes the growth's place in the own voter is the record before it, found and proposed again by another server: nothing is pending
# then. The own voter remembers the highest epoch that it has accepted (P2, P5): the new agent asks a majority before it opens, and holds a lease.
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
at 10.3 kill agent c
at 10.35 clog c b 0.3
at 10.35 clog c y 0.3
at 10.77 heal a c
at 10.78 start a
at 11.42 cut c
at 11.43 kill host c
at 11.5 kill agent a
at 11.55 cut a
at 28 boot c
at 28.5 start c
at 28.6 heal
lasts 60
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
   10.300  -      kill                         agent c
   10.350  -      clog                         c b 0.3
   10.350  -      clog                         c y 0.3
   10.420  c      monitor                      makes a new agent
   10.420  c      recalling.done               recalling -> asking
   10.758  c      asking.round                 asking
   10.770  -      heal                         a c
   10.780  -      start                        a
   10.780  a      recalling.done               recalling -> asking
   11.420  -      cut                          c
   11.430  -      kill                         host c
   11.430  c      instance                     down
   11.500  -      kill                         agent a
   11.550  -      cut                          a
   11.620  a      monitor                      makes a new agent
   11.620  a      recalling.done               recalling -> asking
   12.625  a      lease.out                    asking -> cutting
   12.626  a      instance                     down
   12.655  a      cutting.proved               cutting -> fenced
   14.458  b      standby.missed               standby
   14.465  b      claim.silent                 standby -> claiming
   14.469  b      claiming.cut                 claiming
   14.475  b      claiming.accept              claiming
   14.479  b      standby.named                claiming -> promoting
   14.479  b      promoting.promote            promoting
   14.533  b      instance                     promoted to timeline 2
   14.533  b      promoting.done               promoting -> proving
   14.533  b      proving.mark                 proving
   14.538  b      proving.open                 proving -> opening
   14.540  b      opening.done                 opening -> primary
   28.000  -      boot                         c
   28.500  -      start                        c
   28.500  c      recalling.done               recalling -> asking
   28.600  -      heal                         
   28.619  c      asking.round                 asking
   28.624  a      cut.majority_back            fenced -> asking
   28.624  a      asking.round                 asking
   28.636  b      apart.change                 primary
   28.639  b      round.accept                 primary
   28.675  c      asking.seek                  asking -> seeking
   28.675  c      seeking.ask                  seeking
   28.677  c      standby.take_chain           seeking
   28.682  c      seeking.start                seeking -> standby-starting
   28.763  c      instance                     up, standby
   28.764  c      standby_starting.up          standby-starting -> standby
   28.764  c      standby.open                 standby
   28.813  a      asking.seek                  asking -> seeking
   28.813  a      seeking.ask                  seeking
   28.814  a      seeking.refused              seeking -> staying-down
   28.905  b      attach.tighten               primary
   29.055  b      attach.propose               primary
   29.058  b      attach.accept                primary
