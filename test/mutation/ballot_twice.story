# Without E1: uses a ballot that is not the own voter's first, durably.
servers a b c d
arbiters w
primary a
automatic on
begins switchable
eligible 3
seed 6
think 0.040000 0.120000
at 44.999999 mend core
lasts 60
never lost
