# Without P3: gives an end of WAL that does not bind.
servers a b c
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 25
think 0.040000 0.120000
at 3.044517 freeze agent a
lasts 10
never lost
