# Without P5: serves beyond the lease.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 12
at 3.610290 cut w
at 3.617591 cut b -> a
lasts 10
never lost
