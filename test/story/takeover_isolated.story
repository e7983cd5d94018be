# The primary is cut from everybody: its lease runs out before the standby may open; healed, it follows.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut a
at 8.0 heal
lasts 16
must lease.out on a by 3
must claim.silent on b by 4
must primary b at 5
must outage below 3
must switchable at 16
never lost
never two acknowledging
