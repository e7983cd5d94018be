# Without E1: reads the highest record seen instead of completing a round.
servers a b c d e
arbiters w x
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 79
think 0.040000 0.120000
lasts 5
never lost
