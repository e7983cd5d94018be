# The operator stops the primary: a clean stop, the standby takes over with the final position.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 stop a
at 5.0 start a
lasts 14
must stop.primary on a
must leaving.handover on a
must claim.consent on b
must primary b at 2
must outage below 0.5
must switchable at 14
never lost
