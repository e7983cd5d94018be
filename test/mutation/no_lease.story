# Without P5: serves beyond the lease.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 28
think 0.040000 0.120000
at 12.167624 cut primary
lasts 20
never lost
