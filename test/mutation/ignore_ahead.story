# Without P1: goes on as primary although a standby is ahead of what is left of its WAL.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 787
think 0.040000 0.120000
at 3.293544 kill host a
at 3.293544 lose wal of a 3 safely
at 3.390645 boot a
at 3.390645 start a -f
lasts 10
never lost
