# Without P5: lets a restarted voter forget its lease.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 1001
think 0.010000 0.040000
at 1.038254 cut a b
at 2.888254 cut a w
at 2.888254 kill agent w
lasts 5
never lost
