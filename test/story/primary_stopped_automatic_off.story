# Automatic is off: stopping the primary stops it.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 stop a
at 5.0 start a
lasts 14
must leaving.done on a
must nobody at 4
must primary a at 14
never promoted b
