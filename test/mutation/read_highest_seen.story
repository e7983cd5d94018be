# Without E1: reads the highest record seen instead of completing a round.
servers a b c d e f g
primary a
automatic on
begins switchable
eligible 3
seed 38
think 0.040000 0.120000
at 1.939735 delay 0.001 0.02
at 18.115990 kill instance standby
lasts 20
never lost
