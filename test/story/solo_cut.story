# A solo primary goes on alone: nobody can take over.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 cut a
lasts 10
must solo at 10
must primary a at 10
must outage below 0.3
never lease.out
expect
    1.000  -      cut                          a
