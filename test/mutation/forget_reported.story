# Without P3: promotes a standby behind its own word.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 184
think 0.010000 0.040000
at 12.353138 cut primary
at 12.853138 kill instance standby
at 12.873138 lose wal of standby 3 safely
lasts 20
never lost
