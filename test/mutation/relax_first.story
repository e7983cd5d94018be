# Without P2: relaxes the names before the record without the standby is chosen.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 197
think 0.040000 0.120000
at 4.517376 cut a b
at 6.367376 cut a w
lasts 10
never lost
