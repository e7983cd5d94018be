# Two arbiters are removed by one word: two records, one after the other (E4).
servers a b
arbiters w x
primary a
automatic on
begins switchable
at 1.0 members at a without w x
at 3.0 members at a with x w
at 5.0 members at a without a
at 5.1 members at a without b
lasts 7
must switchable at 6
never lost
expect
    1.000  -      members                      at a without w x
    1.000  a      members.change               primary
    1.003  a      round.accept                 primary
    1.007  a      members.change               primary
    1.010  a      round.accept                 primary
    1.015  a      reply                        0: the voters are a, b, epoch 4
    3.000  -      members                      at a with x w
    3.000  a      members.change               primary
    3.004  a      round.accept                 primary
    3.008  a      members.change               primary
    3.013  a      round.accept                 primary
    3.018  a      reply                        0: the voters are a, b, w, x, epoch 6
    5.000  -      members                      at a without a
    5.000  a      reply                        3: refused "recover --without": that server is the primary: mc_ctl switch first
    5.100  -      members                      at a without b
    5.100  a      reply                        3: refused "recover --without": that server is eligible: mc_ctl detach first
