# Without P5: serves beyond the lease.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 2
think 0.010000 0.040000
at 22.664971 delay 0.001 0.02
at 29.251963 freeze agent primary
at 29.323348 freeze instance b
at 35.145662 thaw all
lasts 45
never lost
