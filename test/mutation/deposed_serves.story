# Without P4: lets a deposed primary run on.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
seed 129
think 0.010000 0.040000
at 2.823561 cut b
at 2.823561 cut c
at 5.823561 cut a
at 5.923561 heal c x
at 5.923561 heal b c
at 8.929874 force c
at 13.102996 heal
lasts 20
never lost
