# What the operator of a server that votes no more has wished for the cluster does not come back with it when it is added again.
servers a b c
primary a
automatic on
eligible 1
begins switchable
at 0.2 load on
at 2.0 members at a without c
at 4.0 start c -f
at 6.0 disable a
at 8.0 kill host c
at 30.0 boot c
at 30.5 start c --mc-only
at 32.0 members at a with c
lasts 45
must automatic off at 31
must automatic off at 44
expect
    0.071  c      standby.ask                  standby
    0.200  -      load                         on
    2.000  -      members                      at a without c
    2.000  a      members.change               primary
    2.003  a      round.accept                 primary
    2.006  c      outside.runs                 standby -> deposing
    2.007  a      reply                        0: the voters are a, b, epoch 3
    2.008  c      instance                     down
    2.036  c      deposing.proved              deposing -> asking
    2.036  c      outside.stays_down           asking -> staying-down
    4.000  -      start                        c -f
    4.001  c      reply                        0: the agent of server "c" has taken the command
    4.055  c      outside.stays_down           asking -> staying-down
    6.000  -      disable                      a
    6.000  a      setting.change               primary
    6.003  a      round.accept                 primary
    6.009  a      reply                        0: automatic switch and disconnection is disabled
    8.000  -      kill                         host c
   30.000  -      boot                         c
   30.500  -      start                        c --mc-only
   30.500  c      recalling.done               recalling -> asking
   30.505  c      outside.stays_down           asking -> staying-down
   32.000  -      members                      at a with c
   32.000  a      members.change               primary
   32.004  a      round.accept                 primary
   32.007  c      asking.round                 asking
   32.009  a      reply                        0: the voters are a, b, c, epoch 5
   32.015  c      asking.not_wanted            asking -> idle
