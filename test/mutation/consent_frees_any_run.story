# Without P7: frees the lease of every run of an agent by the consent of one.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 2183
think 0.002000 0.008000
at 2.177792 disk of b hangs
at 2.177792 disk of a slow 0.6
at 2.377792 kill instance a
at 2.477792 kill agent a
at 4.000559 disk of b works
lasts 5
never lost
