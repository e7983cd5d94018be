# Without P2: takes any WAL sender of a server for that of the attachment.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 2212
think 0.002000 0.008000
at 5.802156 instance a feeds stranger of b
at 12.213593 cut wal a b
at 16.235091 kill host a
lasts 20
never lost
