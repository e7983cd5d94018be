# Without P2: takes any WAL sender of a server for that of the attachment.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 38
think 0.002000 0.008000
at 4.742213 instance a feeds stranger of b
at 5.671643 cut wal a b
at 9.769012 kill host a
lasts 20
never lost
