# Two eligible standbys, and both have to acknowledge; the primary's host and one standby's die together. With the
# arbiter two of four voters are left, no majority: the survivor is not promoted, though it has everything. It is as
# soon as the other one is back.
servers a b c
arbiters w
primary a
automatic on
eligible 2
begins switchable
at 2.0 kill host a
at 2.0 kill host c
at 20.0 boot c
at 20.0 start c
lasts 35
must nobody at 19
must switchable at 35
never claim.silent by 19
never lost
never two acknowledging
expect
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host c
    2.000  c      instance                     down
   20.000  -      boot                         c
   20.000  -      start                        c
   20.000  c      recalling.done               recalling -> asking
   20.006  b      claim.silent                 standby -> claiming
   20.007  c      asking.round                 asking
   20.009  b      claiming.failed              claiming -> standby
   20.016  c      asking.start_standby         asking -> standby-starting
   20.124  c      instance                     up, standby
   20.126  c      standby_starting.up          standby-starting -> standby
   20.126  c      standby.open                 standby
   20.506  b      claim.silent                 standby -> claiming
   20.508  b      claiming.failed              claiming -> standby
   21.006  b      claim.silent                 standby -> claiming
   21.008  b      claiming.failed              claiming -> standby
   21.506  b      claim.silent                 standby -> claiming
   21.507  b      claiming.failed              claiming -> standby
   22.005  c      claim.silent                 standby -> claiming
   22.006  b      claim.silent                 standby -> claiming
   22.007  b      claiming.failed              claiming -> standby
   22.009  c      claiming.cut                 claiming
   22.009  b      position.asked               standby
   22.011  c      claiming.accept              claiming
   22.011  b      position.answer              standby
   22.014  c      standby.named                claiming -> promoting
   22.014  c      promoting.promote            promoting
   22.068  c      instance                     promoted to timeline 2
   22.068  c      promoting.done               promoting -> proving
   22.068  c      proving.mark                 proving
   22.073  c      proving.open                 proving -> opening
   22.075  c      opening.done                 opening -> primary
   22.075  b      standby.ask                  standby
   22.076  b      standby.take_chain           standby
   22.081  b      standby.follow               standby
   22.255  c      attach.tighten               primary
   22.405  c      attach.propose               primary
   22.409  c      attach.accept                primary
