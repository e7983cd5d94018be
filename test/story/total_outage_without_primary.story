# The same; the primary's host does not come back: the standby takes over.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 2.0 kill host a
at 2.0 kill host b
at 2.0 kill host w
at 4.0 boot b
at 4.0 boot w
at 5.0 start b -f
at 5.0 start w
lasts 20
must primary b at 18
never lost
expect
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host b
    2.000  b      instance                     down
    2.000  -      kill                         host w
    4.000  -      boot                         b
    4.000  -      boot                         w
    5.000  -      start                        b -f
    5.000  -      start                        w
    5.000  b      recalling.done               recalling -> asking
    5.019  b      asking.round                 asking
    5.026  b      asking.start_standby         asking -> standby-starting
    5.122  b      instance                     up, standby
    5.124  b      standby_starting.up          standby-starting -> standby
    5.124  b      standby.open                 standby
    7.005  b      claim.silent                 standby -> claiming
    7.008  b      claiming.cut                 claiming
    7.010  b      claiming.accept              claiming
    7.015  b      standby.named                claiming -> promoting
    7.015  b      promoting.promote            promoting
    7.069  b      instance                     promoted to timeline 2
    7.070  b      promoting.done               promoting -> proving
    7.070  b      proving.mark                 proving
    7.075  b      proving.open                 proving -> opening
    7.077  b      opening.done                 opening -> primary
