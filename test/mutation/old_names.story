# Without P2: leaves WAL senders with the old names.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
seed 1287
think 0.010000 0.040000
at 4.538626 cut c
at 7.538626 instance a sender lags 3
at 7.538626 heal
at 8.538626 cut wal a c
at 8.838626 kill host a
lasts 20
never lost
