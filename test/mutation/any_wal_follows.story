# Without P2: attaches a standby whose WAL is no prefix.
servers a b c
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 38
think 0.002000 0.008000
at 1.742213 instance c promoted by hand
at 1.771643 kill instance a
at 5.703829 kill instance b
lasts 10
never lost
