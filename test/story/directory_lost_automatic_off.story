# The primary's directory is gone while automatic is off: nobody takes over. When an operator switches it on, the
# server that has nothing to open lets its standby go.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 kill host a
at 1.0 remove directory a
at 2.0 boot a
at 2.0 start a
at 5.0 enable b
must nobody at 4.9
must down.directory_lost on a
must primary b at 9
never lost
lasts 10
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    1.000  -      remove                       directory a
    2.000  -      boot                         a
    2.000  -      start                        a
    2.000  a      recalling.done               recalling -> asking
    2.018  a      asking.round                 asking
    2.025  a      asking.no_directory          asking -> idle
    5.000  -      enable                       b
    5.000  b      setting.change               standby
    5.000  a      setting.change               idle
    5.003  b      round.accept                 standby
    5.006  a      down.directory_lost          idle -> consenting
    5.007  b      reply                        0: automatic switch and disconnection is enabled
    5.008  b      claim.consent                standby -> claiming
    5.008  b      claiming.cut_early           claiming
    5.012  b      claiming.accept              claiming
    5.015  b      standby.named                claiming -> promoting
    5.015  b      promoting.promote            promoting
    5.016  a      consenting.succeeded         consenting -> asking
    5.019  a      asking.round                 asking
    5.025  a      asking.no_directory          asking -> idle
    5.071  b      instance                     promoted to timeline 2
    5.073  b      promoting.done               promoting -> proving
    5.073  b      proving.mark                 proving
    5.078  b      proving.open                 proving -> opening
    5.080  b      opening.done                 opening -> primary
