# Without E4: removes several voters by one record.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
rejoin rewind
seed 282
think 0.040000 0.120000
at 0.703728 members at a without w x
lasts 5
never lost
