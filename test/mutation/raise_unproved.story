# Without P2: lets the record ask more acknowledgements before PostgreSQL waits for them.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
rejoin rewind
quorum 1
seed 1194
think 0.040000 0.120000
at 4.569008 instance a checkpointer lags 3
at 4.569008 instance a sender lags 3
at 4.569008 quorum 2
at 4.969008 cut wal a c
at 5.269008 kill host a
lasts 10
never lost
