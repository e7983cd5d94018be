# Without P1: opens alone on a solo record that was only accepted.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 102
at 0.529127 cut b a
at 1.637319 kill agent a
at 1.683655 lose 200
at 6.715667 kill agent a
lasts 10
never lost
