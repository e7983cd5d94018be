# The record names this server with another directory than it has: it stays down and says so (D1).
servers a b
arbiters w
primary a
automatic on
begins solo
at 0.5 copy directory a
at 2.0 kill host a
at 2.1 put back directory a
at 3.0 boot a
at 3.1 start a -f
lasts 10
must asking.foreign_directory on a
must nobody at 9
never lost
expect
    0.500  -      copy                         directory a
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.100  -      put                          back directory a
    3.000  -      boot                         a
    3.100  -      start                        a -f
    3.100  a      recalling.done               recalling -> asking
    3.104  a      asking.round                 asking
    3.112  a      asking.foreign_directory     asking -> staying-down
