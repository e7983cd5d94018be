# Without P5: counts the lease from the answer, not from the question.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 532
think 0.040000 0.120000
at 2.182871 clog w a 0.5
at 8.018187 cut a -> b
at 8.018187 cut a -> w
lasts 10
never lost
