# WAL of the primary was lost and a standby is beyond its end: nothing is acknowledged on that (P1, P2).
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 kill agent b for good
at 1.5 kill agent a for good
at 1.5 kill instance a
at 1.6 lose wal of a 40
at 1.7 start a
at 6.0 kill host a
at 6.5 start b
lasts 20
must primary.ahead on a
must failing.unattended on a
never failing.given_up on a
never lost
expect
    1.000  -      kill                         agent b for good
    1.500  -      kill                         agent a for good
    1.500  -      kill                         instance a
    1.502  a      instance                     down
    1.600  -      lose                         wal of a 40
    1.700  -      start                        a
    1.700  a      recalling.done               recalling -> asking
    1.715  a      asking.round                 asking
    3.705  a      asking.start_primary         asking -> starting
    3.773  a      instance                     up, primary, closed
    3.775  a      starting.up                  starting -> proving
    3.775  a      proving.names                proving
    4.305  a      primary.ahead                proving -> failing
    4.306  a      instance                     down
    4.335  a      failing.unattended           failing -> staying-down
    6.000  -      kill                         host a
    6.500  -      start                        b
    6.500  b      recalling.done               recalling -> asking
    6.510  b      asking.round                 asking
    6.517  b      asking.standby_runs          asking -> standby
    6.517  b      standby.follow               standby
    6.519  b      standby.open                 standby
