# Without E2: goes on speaking after the state file could not be written.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 353
think 0.010000 0.040000
at 1.511071 cut w
at 12.683762 kill instance primary
at 12.713371 disk of primary full
lasts 20
never lost
