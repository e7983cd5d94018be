# Without P2: leaves WAL senders with the old names.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
seed 911
think 0.010000 0.040000
at 1.448663 cut c
at 4.448663 instance a sender lags 3
at 4.448663 heal
at 5.448663 cut wal a c
at 5.748663 kill host a
lasts 10
never lost
