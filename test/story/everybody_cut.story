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
never two acknowledging
expect
    1.000  -      cut                          a
    1.000  -      cut                          b
    2.276  a      lease.out                    primary -> cutting
    2.278  a      instance                     down
    2.306  a      cutting.proved               cutting -> fenced
    2.306  a      cut.majority_back            fenced -> asking
    2.306  a      asking.round                 asking
    2.877  b      claim.silent                 standby -> claiming
    3.877  b      claiming.failed              claiming -> standby
    6.000  -      heal                         
    6.000  b      claim.silent                 standby -> claiming
    7.000  b      claiming.failed              claiming -> standby
    7.010  a      asking.start_primary         asking -> starting
    7.093  a      instance                     up, primary, closed
    7.094  a      starting.up                  starting -> proving
    7.094  a      proving.names                proving
    7.255  a      proving.open                 proving -> opening
    7.257  a      gate                         open
    7.257  a      opening.done                 opening -> primary
