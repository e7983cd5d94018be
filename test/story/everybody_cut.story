# Everybody is cut from everybody: a primary with an eligible standby stops serving; healed, it serves again.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut a
at 1.0 cut b
at 6.0 heal
lasts 16
must lease.out on a by 3
must nobody at 5
must switchable at 16
must claiming.primary_back on b
must primary a at 7
never two acknowledging
expect
    1.000  -      cut                          a
    1.000  -      cut                          b
    2.261  a      lease.out                    primary -> cutting
    2.264  a      instance                     down
    2.291  a      cutting.proved               cutting -> fenced
    2.291  a      cut.majority_back            fenced -> asking
    2.291  a      asking.round                 asking
    2.862  b      claim.silent                 standby -> claiming
    3.862  b      claiming.failed              claiming -> standby
    6.000  -      heal                         
    6.050  b      claim.silent                 standby -> claiming
    6.054  b      claiming.primary_back        claiming -> standby
    6.073  a      asking.start_primary         asking -> starting
    6.134  a      instance                     up, primary, closed
    6.135  a      starting.up                  starting -> proving
    6.135  a      proving.names                proving
    6.255  a      proving.open                 proving -> opening
    6.257  a      gate                         open
    6.257  a      opening.done                 opening -> primary
