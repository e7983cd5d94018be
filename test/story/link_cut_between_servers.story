# Only the link between the servers is cut; the arbiter hears both: always the same outcome (section 5).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut a b
at 9.0 heal
lasts 16
must detach.lost on a by 4
must primary a at 5
must outage below 3
must switchable at 16
never promoted b
never lost
