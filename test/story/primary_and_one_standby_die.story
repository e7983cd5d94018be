# Two eligible standbys, one of them has to acknowledge each commit; the primary's host and one standby's die together,
# and that one alone has acknowledged the last commits. The survivor has a majority of the voters and lacks them: it
# needs the word of both, asks, and is not promoted, however long it takes. When the other is back, that one is.
servers a b c
arbiters w x
primary a
automatic on
eligible 2
quorum 1
begins switchable
at 1.5 cut wal a b
at 1.9 kill host a
at 1.9 kill host c
at 20.0 boot c
at 20.0 start c
lasts 35
must claiming.ask on b by 19
must position.answer on c by 21
must nobody at 19
must primary c at 35
must switchable at 35
never promoted b
never lost
never two acknowledging
expect
    1.500  -      cut                          wal a b
    1.900  -      kill                         host a
    1.900  a      instance                     down
    1.900  -      kill                         host c
    1.900  c      instance                     down
    3.862  b      claim.silent                 standby -> claiming
    3.865  b      claiming.cut                 claiming
    4.065  b      claiming.ask                 claiming
    7.865  b      claiming.behind              claiming -> standby
    7.865  b      standby.follow               standby
    8.365  b      claim.silent                 standby -> claiming
    8.367  b      claiming.cut                 claiming
    8.567  b      claiming.ask                 claiming
   12.367  b      claiming.behind              claiming -> standby
   12.367  b      standby.follow               standby
   12.867  b      claim.silent                 standby -> claiming
   12.870  b      claiming.cut                 claiming
   13.070  b      claiming.ask                 claiming
   16.870  b      claiming.behind              claiming -> standby
   16.870  b      standby.follow               standby
   17.569  b      claim.silent                 standby -> claiming
   17.572  b      claiming.cut                 claiming
   17.772  b      claiming.ask                 claiming
   20.000  -      boot                         c
   20.000  -      start                        c
   20.000  c      recalling.done               recalling -> asking
   20.007  c      asking.round                 asking
   20.116  c      asking.start_standby         asking -> standby-starting
   20.222  c      instance                     up, standby
   20.222  c      standby_starting.up          standby-starting -> standby
   20.222  c      standby.open                 standby
   20.372  c      position.asked               standby
   20.374  c      position.answer              standby
   20.376  b      claiming.better              claiming -> standby
   20.376  b      standby.follow               standby
   22.005  c      claim.silent                 standby -> claiming
   22.007  b      position.asked               standby
   22.010  b      position.answer              standby
   22.012  c      claiming.accept              claiming
   22.014  b      standby.pending              standby
   22.016  c      standby.named                claiming -> promoting
   22.016  c      promoting.promote            promoting
   22.077  c      instance                     promoted to timeline 2
   22.078  c      promoting.done               promoting -> proving
   22.078  c      proving.mark                 proving
   22.078  b      standby.ask                  standby
   22.083  c      proving.open                 proving -> opening
   22.085  c      opening.done                 opening -> primary
   22.578  b      standby.take_chain           standby
   22.583  b      standby.follow               standby
   22.655  c      attach.tighten               primary
   22.805  c      attach.propose               primary
   22.809  c      attach.accept                primary
