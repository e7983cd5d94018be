# Without P2: relaxes under the old solo record while a growth is under way.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 12076
think 0.002000 0.008000
at 4.265168 cut b
at 6.865168 heal
at 6.865168 trap a after persist 4 freeze host
at 7.315168 cut wal a b
at 8.315168 thaw all
at 9.835668 kill host a
lasts 20
never lost
