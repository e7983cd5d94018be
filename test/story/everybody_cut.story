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
    2.277  a      lease.out                    primary -> cutting
    2.279  a      instance                     down
    2.307  a      cutting.proved               cutting -> fenced
    2.307  a      cut.majority_back            fenced -> asking
    2.307  a      asking.round                 asking
    6.000  -      heal                         
    8.020  a      asking.start_primary         asking -> starting
    8.118  a      instance                     up, primary, closed
    8.120  a      starting.up                  starting -> proving
    8.120  a      proving.names                proving
    8.255  a      proving.open                 proving -> opening
    8.257  a      gate                         open
    8.257  a      opening.done                 opening -> primary
