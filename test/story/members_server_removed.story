# A standby is removed: its instance stops, and it stays down although it is told to start, until it is made a voter again.
servers a b c
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 members at a without c
at 1.0 detach a b
at 2.0 members at a without b
at 4.0 start b
at 6.0 members at a with c
at 8.0 members at a with b
at 12.0 kill host a
lasts 20
must outside.runs on b by 3
must outside.stays_down on b after 4 by 5
must members.change on a by 1
must primary a at 11
must switchable at 11
never lost
never two acknowledging
expect
    0.068  c      standby.ask                  standby
    0.200  -      load                         on
    0.500  -      members                      at a without c
    0.500  a      members.change               primary
    0.503  a      round.accept                 primary
    0.507  c      outside.runs                 standby -> deposing
    0.509  a      reply                        0: the voters are a, b, w, epoch 3
    0.511  c      instance                     down
    0.537  c      deposing.proved              deposing -> asking
    0.537  c      outside.stays_down           asking -> staying-down
    1.000  -      detach                       a b
    1.000  a      apart.change                 primary
    1.002  a      round.accept                 primary
    1.006  a      detach.leaving               primary
    1.009  a      round.accept                 primary
    1.013  a      names.follow_record          primary
    1.013  b      standby.ask                  standby
    1.014  a      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
    2.000  -      members                      at a without b
    2.000  a      members.change               primary
    2.003  a      round.accept                 primary
    2.006  b      outside.runs                 standby -> deposing
    2.007  a      reply                        0: the voters are a, w, epoch 6
    2.010  b      instance                     down
    2.036  b      deposing.proved              deposing -> asking
    2.036  b      outside.stays_down           asking -> staying-down
    4.000  -      start                        b
    4.001  b      reply                        0: the agent of server "b" has taken the command
    4.055  b      outside.stays_down           asking -> staying-down
    6.000  -      members                      at a with c
    6.000  a      members.change               primary
    6.003  a      round.accept                 primary
    6.008  c      asking.round                 asking
    6.009  a      reply                        0: the voters are a, c, w, epoch 7
    6.015  c      asking.seek                  asking -> seeking
    6.015  c      seeking.ask                  seeking
    6.015  c      seeking.start                seeking -> standby-starting
    6.104  c      instance                     up, standby
    6.105  c      standby_starting.up          standby-starting -> standby
    6.105  c      standby.open                 standby
    6.255  a      attach.tighten               primary
    6.455  a      attach.propose               primary
    6.458  a      attach.accept                primary
    8.000  -      members                      at a with b
    8.000  a      members.change               primary
    8.004  a      round.accept                 primary
    8.008  b      asking.round                 asking
    8.009  a      reply                        0: the voters are a, b, c, w, epoch 9
    8.015  b      asking.seek                  asking -> seeking
    8.015  b      seeking.ask                  seeking
   12.000  -      kill                         host a
   12.000  a      instance                     down
   13.808  c      claim.silent                 standby -> claiming
   13.812  c      claiming.cut                 claiming
   13.818  c      claiming.accept              claiming
   13.821  c      standby.named                claiming -> promoting
   13.821  c      promoting.promote            promoting
   13.893  c      instance                     promoted to timeline 2
   13.893  c      promoting.done               promoting -> proving
   13.893  c      proving.mark                 proving
   13.898  c      proving.open                 proving -> opening
   13.900  c      opening.done                 opening -> primary
   14.393  b      standby.take_chain           seeking
   14.398  b      seeking.start                seeking -> standby-starting
   14.491  b      instance                     up, standby
   14.492  b      standby_starting.up          standby-starting -> standby
   14.492  b      standby.open                 standby
   14.655  c      attach.tighten               primary
   14.855  c      attach.propose               primary
   14.858  c      attach.accept                primary
