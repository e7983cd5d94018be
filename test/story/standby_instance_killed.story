# The standby's postmaster is killed: detached at once, started again, attached again.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill instance b
lasts 12
must detach.lost on a by 1.3
must outage below 0.5
must switchable at 12
never promoted b
