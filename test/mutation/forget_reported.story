# Without P3: promotes a standby behind its own word.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 71
think 0.040000 0.120000
at 1.014268 cut primary
at 1.514268 kill instance standby
at 1.534268 lose wal of standby 3 safely
lasts 5
never lost
