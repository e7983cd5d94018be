# The primary and the arbiter do not hear each other: nothing happens.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut a w
lasts 10
must switchable at 10
must primary a at 10
must outage below 0.3
never promoted b
expect
    1.000  -      cut                          a w
