# Without the arbiter the two servers still decide: first nothing happens, then a dead instance is replaced.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill agent w for good
at 5.0 kill instance a
lasts 12
must failing.handover on a by 6
must primary b at 6
must outage below 0.6
never claim.silent
