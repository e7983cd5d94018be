# Automatic is off; the primary's instance ends and its disk loses WAL that the standby has. It stays down (P1).
servers a b
arbiters w
primary a
automatic off
begins switchable
at 2.0 kill instance a
at 2.1 lose wal of a 20
at 3.0 start a -F
lasts 10
must asking.ahead on a
never asking.start_primary on a
must nobody at 9
never lost
expect
    2.000  -      kill                         instance a
    2.000  a      primary.gone                 primary -> failing
    2.001  a      instance                     down
    2.005  a      failing.unattended           failing -> staying-down
    2.100  -      lose                         wal of a 20
    3.000  -      start                        a -F
    3.000  a      asking.round                 asking
    3.001  a      reply                        0: the agent of server "a" has taken the command
    3.008  a      asking.ahead                 asking -> staying-down
