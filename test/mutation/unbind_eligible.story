# Without P3: lets an answer about the end of the WAL bind no longer than a record is pending.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 5025
think 0.010000 0.040000
at 12.925256 freeze agent primary
lasts 20
never lost
