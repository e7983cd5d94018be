# Without E1: reads the highest record seen instead of completing a round.
servers a b c
primary a
automatic on
begins switchable
eligible 2
rejoin rewind
quorum 1
seed 58
think 0.010000 0.040000
at 8.496732 lose 273
at 9.419511 kill agent a
at 10.732405 detach primary c
lasts 20
never lost
