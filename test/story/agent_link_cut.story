# The agents are cut, WAL flows on: the takeover is refused by the arbiter.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut agents a b
at 9.0 heal
lasts 18
must primary a at 6
must switchable at 18
must outage below 3
never promoted b
