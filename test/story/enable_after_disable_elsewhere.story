# Nobody serves, and b was told to leave automatic off. Later an operator switches it on at a: the later word holds, and b,
# whose own was fulfilled, does not turn it back.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill host a
at 1.0 remove directory a
at 1.5 disable b
at 5.0 boot a
at 8.0 start a -f
must nobody at 7
must automatic on at 10
must primary b at 12
never lost
lasts 12
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    1.000  -      remove                       directory a
    1.500  -      disable                      b
    2.862  b      setting.change               standby
    2.865  b      round.accept                 standby
    2.871  b      reply                        0: automatic switch and disconnection is disabled
    5.000  -      boot                         a
    8.000  -      start                        a -f
    8.000  a      recalling.done               recalling -> asking
    8.007  a      asking.round                 asking
    8.034  a      asking.no_directory          asking -> idle
    8.034  a      setting.change               idle
    8.038  a      round.accept                 idle
    8.041  a      down.directory_lost          idle -> consenting
    8.043  b      claim.consent                standby -> claiming
    8.043  b      claiming.cut_early           claiming
    8.047  b      claiming.accept              claiming
    8.050  b      standby.named                claiming -> promoting
    8.050  b      promoting.promote            promoting
    8.051  a      consenting.succeeded         consenting -> asking
    8.051  a      asking.round                 asking
    8.057  a      asking.no_directory          asking -> idle
    8.131  b      instance                     promoted to timeline 2
    8.132  b      promoting.done               promoting -> proving
    8.132  b      proving.mark                 proving
    8.137  b      proving.open                 proving -> opening
    8.139  b      opening.done                 opening -> primary
