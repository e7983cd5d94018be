# Without P2: attaches a standby whose WAL is no prefix.
servers a b c
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 389
think 0.010000 0.040000
at 2.279558 instance c promoted by hand
at 5.522115 kill host a
at 12.517203 boot all
at 12.517203 start a -f
at 16.517203 kill host b
lasts 20
never lost
