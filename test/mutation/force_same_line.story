# Without E5: goes on with the line when an operator forces who may lack something.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 71
think 0.002000 0.008000
at 2.992301 cut b
at 7.563696 cut a
at 7.663696 heal b w
at 10.663696 force b
lasts 20
never lost
