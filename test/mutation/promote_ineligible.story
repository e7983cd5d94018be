# Without P3: promotes a standby that was not eligible.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 38
think 0.002000 0.008000
at 5.671643 cut wal a b
at 9.769012 kill host a
lasts 20
never lost
