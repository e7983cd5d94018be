# Without P4: lets a deposed primary run on.
servers a b
arbiters w x y
primary a
automatic on
begins switchable
eligible 1
seed 108
think 0.040000 0.120000
at 7.300006 freeze agent primary
at 12.133910 kill agent a
lasts 20
never lost
