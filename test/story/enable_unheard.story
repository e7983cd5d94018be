# Automatic is off and the primary's host is gone: the operator's enable-failover at the standby is the way out.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 kill host a
at 4.0 enable b
lasts 12
must automatic on at 6
must primary b at 8
never lost
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    4.000  -      enable                       b
