# Without E2: goes on speaking after the state file could not be written.
servers a b c
arbiters w
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 17
think 0.040000 0.120000
at 1.571902 cut ring
at 1.577667 disk of c full
at 1.623287 stop primary
lasts 10
never lost
