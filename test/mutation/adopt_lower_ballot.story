# Without E1: answers an older ballot than it has promised.
servers a b c d e f g
primary a
automatic on
begins switchable
eligible 3
quorum 1
seed 8
think 0.010000 0.040000
at 11.518512 kill host primary
lasts 20
never lost
