# The agents hear each other, WAL does not flow: the primary detaches the standby.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut wal a b
at 9.0 heal
lasts 18
must detach.lost on a by 5
must primary a at 6
must outage below 4
must switchable at 18
never promoted b
never claim.silent
