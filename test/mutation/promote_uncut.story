# Without P3: promotes while the receiver still runs.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 2212
think 0.002000 0.008000
at 2.802156 instance b receiver outlives
at 8.313593 freeze agent a
lasts 20
never lost
