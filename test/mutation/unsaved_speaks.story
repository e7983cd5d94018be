# Without E2: goes on speaking after the state file could not be written.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 248
think 0.010000 0.040000
at 35.311658 disk of w full
at 40.307181 freeze agent standby
lasts 45
never lost
