# The operator stops the standby: it leaves first, nobody waits for a timeout.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 stop b
at 4.0 start b
lasts 12
must stop.standby on b
must detach.leaving on a by 1.2
must stop.detached on b by 1.3
must outage below 0.3
must switchable at 12
never promoted b
