# Without E2: goes on speaking after the state file could not be written.
servers a b c
arbiters w
primary a
automatic on
begins switchable
eligible 2
seed 394
think 0.002000 0.008000
at 3.738182 disk of primary full
at 5.497269 disk of standby slow 0.05
at 20.682780 kill instance primary
lasts 30
never lost
