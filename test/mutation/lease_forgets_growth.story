# Without P5: needs no lease while a growth may be chosen unheard.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 2181
think 0.010000 0.040000
at 1.157997 cut b
at 3.757997 heal
at 3.757997 trap a after persist 4 freeze host
at 4.357997 thaw all
at 4.358497 lose 1000
lasts 10
never lost
