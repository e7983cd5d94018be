# The primary's postmaster is killed: the agent proves the end and consents; no timeout is waited for.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill instance a
lasts 10
must primary.gone on a by 1.1
must failing.handover on a by 1.2
must claim.consent on b by 1.3
must primary b at 1.6
must outage below 0.5
must switchable at 10
never lost
