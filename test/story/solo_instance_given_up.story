# ... a bounded number of times.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 instance a cannot start
at 1.1 kill instance a
at 20.0 instance a can start
lasts 22
must failing.restart on a
must asking.cannot_start on a by 20
must nobody at 20
expect
    1.000  -      instance                     a cannot start
    1.100  -      kill                         instance a
    1.100  a      primary.gone                 primary -> failing
    1.103  a      instance                     down
    1.130  a      failing.restart              failing -> asking
    1.130  a      asking.known_solo            asking
    1.130  a      asking.start_primary         asking -> starting
    1.140  a      starting.failed              starting -> deposing
    1.140  a      deposing.proved              deposing -> asking
    1.140  a      asking.known_solo            asking
    1.440  a      asking.start_primary         asking -> starting
    1.450  a      starting.failed              starting -> deposing
    1.450  a      deposing.proved              deposing -> asking
    1.450  a      asking.known_solo            asking
    1.750  a      asking.start_primary         asking -> starting
    1.760  a      starting.failed              starting -> deposing
    1.760  a      deposing.proved              deposing -> asking
    1.760  a      asking.known_solo            asking
    2.060  a      asking.cannot_start          asking -> staying-down
   20.000  -      instance                     a can start
