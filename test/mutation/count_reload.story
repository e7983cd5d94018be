# Without P2: counts a reload as in force.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 2323
think 0.010000 0.040000
at 0.773615 cut b
at 3.373615 instance a checkpointer lags 2
at 3.773615 heal
at 4.673615 cut wal a b
at 4.973615 kill host a
lasts 10
never lost
