# Without P2: lets one of the eligible go and asks as many as before of the rest, without proof.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 2320
think 0.010000 0.040000
at 2.210479 cut wal a b
at 2.510479 stop c
at 2.782078 kill host a
lasts 5
never lost
