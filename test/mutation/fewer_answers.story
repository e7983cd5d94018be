# Without P3: claims with one answer fewer than n-k+1.
servers a b c
arbiters w
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 235
think 0.010000 0.040000
at 2.069193 freeze agent a
at 2.069193 cut wal a c
lasts 5
never lost
