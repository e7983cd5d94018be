# Two eligible standbys, and both have to acknowledge; the primary's host and one standby's die together. With the
# arbiter two of four voters are left, no majority: the survivor is not promoted, though it has everything. It is as
# soon as the other one is back.
servers a b c
arbiters w
primary a
automatic on
eligible 2
begins switchable
seed 3
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
   20.028  c      asking.round                 asking
   20.028  b      claim.silent                 standby -> claiming
   20.030  b      claiming.failed              claiming -> standby
   20.035  c      asking.start_standby         asking -> standby-starting
   20.116  c      instance                     up, standby
   20.117  c      standby_starting.up          standby-starting -> standby
   20.117  c      standby.open                 standby
   20.528  b      claim.silent                 standby -> claiming
   20.530  b      claiming.failed              claiming -> standby
   21.028  b      claim.silent                 standby -> claiming
   21.029  b      claiming.failed              claiming -> standby
   21.528  b      claim.silent                 standby -> claiming
   21.529  b      claiming.failed              claiming -> standby
   22.005  c      claim.silent                 standby -> claiming
   22.008  c      claiming.cut                 claiming
   22.009  b      position.asked               standby
   22.010  c      claiming.accept              claiming
   22.011  b      position.answer              standby
   22.012  b      standby.pending              standby
   22.014  c      standby.named                claiming -> promoting
   22.014  c      promoting.promote            promoting
   22.071  c      instance                     promoted to timeline 2
   22.071  c      promoting.done               promoting -> proving
   22.071  c      proving.mark                 proving
   22.072  b      standby.ask                  standby
   22.076  c      proving.open                 proving -> opening
   22.078  c      opening.done                 opening -> primary
   22.572  b      standby.take_chain           standby
   22.577  b      standby.follow               standby
   22.655  c      attach.tighten               primary
   22.805  c      attach.propose               primary
   22.808  c      attach.accept                primary
