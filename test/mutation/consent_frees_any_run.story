# Without P7: frees the lease of every run of an agent by the consent of one.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 3603
think 0.010000 0.040000
at 2.961187 disk of b hangs
at 2.961187 disk of a slow 0.6
at 3.161187 kill instance a
at 3.261187 kill agent a
at 4.882121 disk of b works
lasts 5
never lost
