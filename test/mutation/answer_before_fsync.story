# Without E2: answers before it is durable.
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
