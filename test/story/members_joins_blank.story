# A voter that was removed comes back without its memory, while another one that was removed is gone for good: only those who
# vote by the latest record must hand it over (E3, E4).
servers a b
arbiters w x
primary a
automatic on
begins switchable
at 1.0 kill host w
at 1.1 members at a without w
at 3.0 members at a without x
at 4.0 kill agent x
at 4.0 lose memory of x
at 8.0 members at a with x
lasts 12
must switchable at 11
never lost
expect
    1.000  -      kill                         host w
    1.100  -      members                      at a without w
    1.100  a      members.change               primary
    1.103  a      round.accept                 primary
    1.109  a      reply                        0: the voters are a, b, x, epoch 3
    3.000  -      members                      at a without x
    3.000  a      members.change               primary
    3.003  a      round.accept                 primary
    3.008  a      reply                        0: the voters are a, b, epoch 4
    4.000  -      kill                         agent x
    4.000  -      lose                         memory of x
    4.120  x      monitor                      makes a new agent
    8.000  -      members                      at a with x
    8.000  a      members.change               primary
    8.003  a      round.accept                 primary
    8.008  a      reply                        0: the voters are a, b, x, epoch 5
