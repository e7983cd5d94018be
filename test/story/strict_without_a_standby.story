# Automatic off is the strict mode: the only standby's host dies, commits wait, and nobody relaxes anything. The standby
# comes back under the name that it had, and what waited is acknowledged.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 2.0 kill host b
at 15.0 boot b
lasts 30
must detach.report on a
must primary a at 30
must acknowledged more than 100
never detach.lost
never promoted b
never lost
expect
    2.000  -      kill                         host b
    2.000  b      instance                     down
    4.005  a      detach.report                primary
   15.000  -      boot                         b
