# Without E3: takes a memory handed back by a majority only.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 1382
think 0.010000 0.040000
at 2.669040 cut b
at 5.869040 cut a
at 5.869040 kill agent w
at 5.869040 lose memory of w safely
at 5.869040 heal b w
lasts 10
never lost
