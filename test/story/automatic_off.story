# Automatic is off: the same facts are reported, nothing is changed and no lease is enforced.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 cut b
at 8.0 heal
at 12.0 cut a w
lasts 16
must detach.report on a by 4
must primary a at 16
must automatic off at 16
never detach.lost
never lease.out
never promoted b
expect
    1.000  -      cut                          b
    3.005  a      detach.report                primary
    8.000  -      heal                         
   12.000  -      cut                          a w
