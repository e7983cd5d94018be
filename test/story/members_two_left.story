# Of two voters one is removed while it does not answer: the one that stays is the whole new set, and no majority of the old
# one (E4).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 members at a without w
at 2.0 detach a b
at 3.0 cut b
at 3.1 members at a without b
at 9.0 heal
lasts 12
must primary a at 11
never lost
expect
    1.000  -      members                      at a without w
    1.000  a      members.change               primary
    1.002  a      round.accept                 primary
    1.007  a      reply                        0: the voters are a, b, epoch 3
    2.000  -      detach                       a b
    2.000  a      apart.change                 primary
    2.003  a      round.accept                 primary
    2.007  a      detach.leaving               primary
    2.010  a      round.accept                 primary
    2.014  a      names.follow_record          primary
    2.014  b      standby.ask                  standby
    2.016  a      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
    3.000  -      cut                          b
    3.100  -      members                      at a without b
    3.100  a      members.change               primary
    9.000  -      heal                         
    9.055  a      round.accept                 primary
    9.059  b      outside.runs                 standby -> deposing
    9.060  a      reply                        0: the voters are a, epoch 6
    9.061  b      instance                     down
    9.089  b      deposing.proved              deposing -> asking
    9.089  b      outside.stays_down           asking -> staying-down
