# Without E1: takes one voter less than a majority.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 1
think 0.010000 0.040000
lasts 5
never lost
