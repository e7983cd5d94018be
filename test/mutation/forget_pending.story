# Without P2: relaxes under the old solo record while a growth is under way.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 15957
think 0.010000 0.040000
at 2.957359 cut b
at 5.557359 heal
at 5.557359 trap a after persist 2 freeze host
at 6.007359 cut wal a b
at 7.007359 thaw all
at 44.999999 mend core
lasts 60
never lost
