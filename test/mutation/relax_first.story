# Without P2: relaxes the names before the record without the standby is chosen.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 492
think 0.010000 0.040000
at 0.786922 cut a b
at 2.204159 cut a
lasts 5
never lost
