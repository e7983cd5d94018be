# Without E5: takes an operator's word for whoever is silent, named or not.
servers a b
primary a
automatic on
begins switchable
eligible 1
rejoin copy
seed 454
think 0.010000 0.040000
at 17.999747 freeze host primary
at 30.479221 force standby
lasts 45
never lost
