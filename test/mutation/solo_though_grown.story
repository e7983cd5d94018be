# Without P1: opens alone on a solo record that a growth has overtaken.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 3740
think 0.010000 0.040000
at 4.573576 cut b
at 7.173576 heal
at 7.173576 trap a before persist 5 kill agent
at 7.855185 cut a
lasts 10
never lost
