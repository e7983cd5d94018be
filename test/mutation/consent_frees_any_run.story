# Without P7: frees the lease of every run of an agent by the consent of one.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
rejoin rewind
seed 6954
think 0.010000 0.040000
at 3.914789 disk of b hangs
at 3.914789 disk of a slow 0.6
at 4.114789 kill instance a
at 4.214789 kill agent a
at 5.758782 disk of b works
lasts 10
never lost
