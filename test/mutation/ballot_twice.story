# Without E1: uses a ballot that is not the own voter's first, durably.
servers a b c
arbiters w
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 9
think 0.040000 0.120000
at 22.799910 stop c -a
at 44.999999 mend core
at 44.999999 attend 3 -f
lasts 60
never lost
