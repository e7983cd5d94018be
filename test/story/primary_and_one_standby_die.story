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
   20.019  b      claim.silent                 standby -> claiming
   20.019  c      asking.round                 asking
   20.021  b      claiming.failed              claiming -> standby
   20.028  c      asking.start_standby         asking -> standby-starting
   20.132  c      instance                     up, standby
   20.134  c      standby_starting.up          standby-starting -> standby
   20.134  c      standby.open                 standby
   20.519  b      claim.silent                 standby -> claiming
   20.520  b      claiming.failed              claiming -> standby
   21.019  b      claim.silent                 standby -> claiming
   21.021  b      claiming.failed              claiming -> standby
   21.519  b      claim.silent                 standby -> claiming
   21.521  b      claiming.failed              claiming -> standby
   22.005  c      claim.silent                 standby -> claiming
   22.007  c      claiming.failed              claiming -> standby
   22.019  b      claim.silent                 standby -> claiming
   22.022  b      claiming.cut                 claiming
   22.022  c      position.asked               standby
   22.024  b      claiming.accept              claiming
   22.024  c      position.answer              standby
   22.028  b      standby.named                claiming -> promoting
   22.028  b      promoting.promote            promoting
   22.109  b      instance                     promoted to timeline 2
   22.109  b      promoting.done               promoting -> proving
   22.109  b      proving.mark                 proving
   22.114  b      proving.open                 proving -> opening
   22.116  b      opening.done                 opening -> primary
   22.117  c      standby.ask                  standby
   22.118  c      standby.take_chain           standby
   22.123  c      standby.follow               standby
   22.255  b      attach.tighten               primary
   22.455  b      attach.propose               primary
   22.459  b      attach.accept                primary
