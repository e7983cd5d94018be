# Without E1: passes over what its own voter has accepted, and counts that voter for the majority that has not.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.1 load on
at 1.0 cut wal a b
at 8.0 cut agents a
at 13.0 force b
at 13.0085 kill agent b
at 13.0125 cut w
at 13.0130 heal a b
at 20.0 start b
at 40.0 heal
lasts 60
never lost
