# Without P2: leaves WAL senders with the old names.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
seed 660
think 0.002000 0.008000
at 0.638655 cut c
at 3.638655 instance a sender lags 3
at 3.638655 heal
at 4.638655 cut wal a c
at 4.938655 kill host a
lasts 10
never lost
