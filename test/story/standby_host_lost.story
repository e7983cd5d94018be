# The standby's host is lost and comes back.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill host b
at 6.0 boot b
at 6.5 start b
lasts 16
must detach.lost on a by 4
must outage below 3
must switchable at 16
never promoted b
