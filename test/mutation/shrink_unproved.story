# Without P2: lets one of the eligible go and asks as many as before of the rest, without proof.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 71
think 0.002000 0.008000
at 2.992301 cut wal a b
at 3.292301 stop c
at 3.334952 kill host a
lasts 10
never lost
