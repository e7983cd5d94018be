# The agent dies and the monitor makes a new one: nothing changes.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill agent a
at 3.0 kill agent b
at 5.0 kill agent w
lasts 10
must primary a at 10
must switchable at 10
must outage below 0.5
never promoted b
