# Without P2: counts a reload as in force.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 586
think 0.040000 0.120000
at 2.951581 cut b
at 5.551581 instance a checkpointer lags 2
at 5.951581 heal
at 6.851581 cut wal a b
at 7.151581 kill host a
lasts 10
never lost
