# The standby is cut from everybody: the primary detaches it; it comes back and is attached again.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut b
at 9.0 heal
lasts 18
must detach.lost on a by 4
must primary a at 5
must outage below 3
must switchable at 18
never promoted b
