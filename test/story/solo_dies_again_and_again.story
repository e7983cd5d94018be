# A solo primary whose instance dies four times within a minute is given up, also when that minute is over, until an operator starts it.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 kill instance a
at 3.0 kill instance a
at 5.0 kill instance a
at 7.0 kill instance a
at 75.0 start a
lasts 80
must failing.given_up on a by 7.2
must down a at 74
must primary a at 79
expect
    1.000  -      kill                         instance a
    1.000  a      primary.gone                 primary -> failing
    1.001  a      instance                     down
    1.030  a      failing.restart              failing -> asking
    1.030  a      asking.known_solo            asking
    1.030  a      asking.start_primary         asking -> starting
    1.130  a      instance                     up, primary, closed
    1.132  a      starting.up                  starting -> proving
    1.132  a      proving.open                 proving -> opening
    1.134  a      gate                         open
    1.134  a      opening.done                 opening -> primary
    3.000  -      kill                         instance a
    3.000  a      primary.gone                 primary -> failing
    3.002  a      instance                     down
    3.030  a      failing.restart              failing -> asking
    3.030  a      asking.known_solo            asking
    3.030  a      asking.start_primary         asking -> starting
    3.115  a      instance                     up, primary, closed
    3.116  a      starting.up                  starting -> proving
    3.116  a      proving.open                 proving -> opening
    3.118  a      gate                         open
    3.118  a      opening.done                 opening -> primary
    5.000  -      kill                         instance a
    5.000  a      primary.gone                 primary -> failing
    5.002  a      instance                     down
    5.030  a      failing.restart              failing -> asking
    5.030  a      asking.known_solo            asking
    5.030  a      asking.start_primary         asking -> starting
    5.118  a      instance                     up, primary, closed
    5.118  a      starting.up                  starting -> proving
    5.118  a      proving.open                 proving -> opening
    5.120  a      gate                         open
    5.120  a      opening.done                 opening -> primary
    7.000  -      kill                         instance a
    7.000  a      primary.gone                 primary -> failing
    7.000  a      instance                     down
    7.030  a      failing.given_up             failing -> staying-down
   75.000  -      start                        a
   75.000  a      asking.known_solo            asking
   75.001  a      reply                        0: the agent of server "a" has taken the command
   75.055  a      asking.start_primary         asking -> starting
   75.151  a      instance                     up, primary, closed
   75.153  a      starting.up                  starting -> proving
   75.153  a      proving.open                 proving -> opening
   75.155  a      gate                         open
   75.155  a      opening.done                 opening -> primary
