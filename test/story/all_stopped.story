# stop -a: the standbys leave first, then the primary stops; nobody takes over.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 stop a -a
at 6.0 start a
at 6.0 start b
at 6.0 start w
lasts 16
must stop.all on a
must stop.emptied on a
must leaving.done on a by 4
must nobody at 5
must primary a at 12
must automatic off at 16
never promoted b
never lost
