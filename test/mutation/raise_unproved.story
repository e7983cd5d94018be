# Without P2: lets the record ask more acknowledgements before PostgreSQL waits for them.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 113
think 0.040000 0.120000
at 1.952905 instance a checkpointer lags 3
at 1.952905 instance a sender lags 3
at 1.952905 quorum 2
at 2.352905 cut wal a c
at 2.652905 kill host a
lasts 5
never lost
