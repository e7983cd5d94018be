# The arbiter is removed while the standby is cut off: the primary and the arbiter are a majority of the three, and the
# primary alone is none of the two that stay. Nothing is chosen until the standby is back (E4).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut b
at 1.1 members at a without w
at 1.6 heal
lasts 8
must primary a at 7
must switchable at 7
never lost
expect
    1.000  -      cut                          b
    1.100  -      members                      at a without w
    1.100  a      members.change               primary
    1.103  a      round.accept                 primary
    1.600  -      heal                         
    1.605  a      reply                        0: the voters are a, b, epoch 3
