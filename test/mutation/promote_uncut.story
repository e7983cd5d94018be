# Without P3: promotes while the receiver still runs.
servers a b c
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 2391
think 0.002000 0.008000
at 0.000000 attend 2.5 -f
at 7.477940 kill instance b
at 7.487393 kill host primary
at 7.487393 remove directory primary safely
lasts 10
never lost
