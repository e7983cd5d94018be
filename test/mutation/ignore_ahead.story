# Without P1: goes on as primary although a standby is ahead of what is left of its WAL.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 2247
think 0.010000 0.040000
at 0.599628 kill host a
at 0.599628 lose wal of a 3 safely
at 0.839686 boot a
at 0.839686 start a -f
lasts 5
never lost
