# The same with automatic on: the one that lost WAL does not open, and does not take the role back either, though nobody comes: it has seen once that it is behind (P1).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill agent b for good
at 1.0 kill agent a for good
at 1.0 kill instance a
at 1.1 lose wal of a 10
at 1.2 start a
lasts 26
must primary.ahead on a
must nobody at 25
never asking.cannot_start on a
never lost
expect
    1.000  -      kill                         agent b for good
    1.000  -      kill                         agent a for good
    1.000  -      kill                         instance a
    1.001  a      instance                     down
    1.100  -      lose                         wal of a 10
    1.200  -      start                        a
    1.200  a      recalling.done               recalling -> asking
    1.205  a      asking.round                 asking
    3.204  a      asking.start_primary         asking -> starting
    3.281  a      instance                     up, primary, closed
    3.282  a      starting.up                  starting -> proving
    3.282  a      proving.names                proving
    3.805  a      primary.ahead                proving -> failing
    3.805  a      instance                     down
    3.835  a      failing.handover             failing -> consenting
