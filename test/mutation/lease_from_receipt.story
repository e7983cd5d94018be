# Without P5: counts the lease from the answer, not from the question.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 192
think 0.002000 0.008000
at 2.638003 clog w a 0.5
at 7.796411 cut a -> b
at 7.796411 cut a -> w
lasts 10
never lost
