# Without P5: needs no lease while a growth may be chosen unheard.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 8219
think 0.040000 0.120000
at 0.526980 cut b
at 3.126980 heal
at 3.126980 trap a after persist 2 freeze host
at 3.726980 thaw all
at 3.727480 lose 1000
lasts 10
never lost
