# ... a bounded number of times, and not again when a minute is over.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 instance a cannot start
at 1.1 kill instance a
at 20.0 instance a can start
at 75.0 start a
lasts 80
must failing.restart on a
must asking.cannot_start on a by 20
must down a at 74
must primary a at 79
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
   75.000  -      start                        a
   75.000  a      asking.known_solo            asking
   75.001  a      reply                        0: the agent of server "a" has taken the command
   75.055  a      asking.start_primary         asking -> starting
   75.118  a      instance                     up, primary, closed
   75.119  a      starting.up                  starting -> proving
   75.119  a      proving.open                 proving -> opening
   75.121  a      gate                         open
   75.121  a      opening.done                 opening -> primary
