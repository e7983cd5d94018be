# The agent comes back and finds no data directory, while its record names it: it consents.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill agent a for good
at 1.0 kill instance a
at 1.1 remove directory a
at 1.2 start a
lasts 30
must primary b at 29
never lost
expect
    1.000  -      kill                         agent a for good
    1.000  -      kill                         instance a
    1.001  a      instance                     down
    1.100  -      remove                       directory a
    1.200  -      start                        a
    1.200  a      recalling.done               recalling -> asking
    1.205  a      asking.round                 asking
    1.212  a      asking.no_directory          asking -> idle
    1.212  a      down.directory_lost          idle -> consenting
    2.655  b      claim.consent                standby -> claiming
    2.655  b      claiming.cut_early           claiming
    2.658  b      claiming.accept              claiming
    2.662  b      standby.named                claiming -> promoting
    2.662  b      promoting.promote            promoting
    2.663  a      consenting.succeeded         consenting -> asking
    2.663  a      asking.round                 asking
    2.669  a      asking.no_directory          asking -> idle
    2.737  b      instance                     promoted to timeline 2
    2.738  b      promoting.done               promoting -> proving
    2.738  b      proving.mark                 proving
    2.743  b      proving.open                 proving -> opening
    2.745  b      opening.done                 opening -> primary
