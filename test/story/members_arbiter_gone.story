# The arbiter is gone for good, and an operator removes it (E4): the two servers left decide together. It is told when it
# comes back, votes in nothing, and votes again when an operator adds it.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 kill host w
at 4.0 members at a without w
at 8.0 boot w
at 8.2 start w
at 11.0 members at b with w
at 14.0 kill host a
lasts 20
must primary a at 13
must primary b at 19
never lost
never two acknowledging
expect
    0.200  -      load                         on
    1.000  -      kill                         host w
    4.000  -      members                      at a without w
    4.000  a      members.change               primary
    4.003  a      round.accept                 primary
    4.008  a      reply                        0: the voters are a, b, epoch 3
    8.000  -      boot                         w
    8.200  -      start                        w
   11.000  -      members                      at b with w
   11.000  a      members.change               primary
   11.004  a      round.accept                 primary
   11.009  b      reply                        0: the voters are a, b, w, epoch 4
   14.000  -      kill                         host a
   14.000  a      instance                     down
   15.808  b      claim.silent                 standby -> claiming
   15.811  b      claiming.cut                 claiming
   15.817  b      claiming.accept              claiming
   15.820  b      standby.named                claiming -> promoting
   15.820  b      promoting.promote            promoting
   15.876  b      instance                     promoted to timeline 2
   15.877  b      promoting.done               promoting -> proving
   15.877  b      proving.mark                 proving
   15.882  b      proving.open                 proving -> opening
   15.884  b      opening.done                 opening -> primary
