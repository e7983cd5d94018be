# Two eligible standbys, one of them has to acknowledge each commit. The primary's host dies, and the standby that has
# more dies when it has said so. Nobody hangs: the other goes on asking, has a majority, and is not promoted without
# what it lacks. With the better one back, that one is.
servers a b c
arbiters w x
primary a
automatic on
eligible 2
quorum 1
begins switchable
at 1.5 cut wal a c
at 1.8 kill host a
at 1.8 trap b after persist 2 kill host
at 20.0 boot b
at 20.0 start b
lasts 40
must claiming.ask on c by 19
must nobody at 19
must primary b at 40
must switchable at 40
never promoted c
never lost
never two acknowledging
expect
    1.500  -      cut                          wal a c
    1.800  -      kill                         host a
    1.800  a      instance                     down
    1.800  -      trap                         b after persist 2 kill host
    3.662  b      claim.silent                 standby -> claiming
    3.662  c      claim.silent                 standby -> claiming
    3.664  b      claiming.failed              claiming -> standby
    3.665  -      trap                         springs on b
    3.665  b      instance                     down
    3.666  c      claiming.cut                 claiming
    3.866  c      claiming.ask                 claiming
    7.666  c      claiming.behind              claiming -> standby
    7.666  c      standby.follow               standby
    8.166  c      claim.silent                 standby -> claiming
    8.169  c      claiming.cut                 claiming
    8.369  c      claiming.ask                 claiming
   12.169  c      claiming.behind              claiming -> standby
   12.169  c      standby.follow               standby
   12.669  c      claim.silent                 standby -> claiming
   12.672  c      claiming.cut                 claiming
   12.872  c      claiming.ask                 claiming
   16.672  c      claiming.behind              claiming -> standby
   16.672  c      standby.follow               standby
   17.478  c      claim.silent                 standby -> claiming
   17.481  c      claiming.cut                 claiming
   17.681  c      claiming.ask                 claiming
   20.000  -      boot                         b
   20.000  -      start                        b
   20.000  b      recalling.done               recalling -> asking
   20.025  b      asking.round                 asking
   20.199  b      asking.start_standby         asking -> standby-starting
   20.273  b      instance                     up, standby
   20.274  b      standby_starting.up          standby-starting -> standby
   20.274  b      standby.open                 standby
   20.281  b      position.asked               standby
   20.283  b      position.answer              standby
   20.285  c      claiming.better              claiming -> standby
   20.285  c      standby.follow               standby
   22.005  b      claim.silent                 standby -> claiming
   22.006  c      position.asked               standby
   22.010  c      position.answer              standby
   22.011  b      claiming.accept              claiming
   22.013  c      standby.pending              standby
   22.015  b      standby.named                claiming -> promoting
   22.015  b      promoting.promote            promoting
   22.088  b      instance                     promoted to timeline 2
   22.088  b      promoting.done               promoting -> proving
   22.088  b      proving.mark                 proving
   22.089  c      standby.ask                  standby
   22.093  b      proving.open                 proving -> opening
   22.095  b      opening.done                 opening -> primary
   22.589  c      standby.take_chain           standby
   22.594  c      standby.follow               standby
   22.805  b      attach.tighten               primary
   23.005  b      attach.propose               primary
   23.007  b      attach.accept                primary
