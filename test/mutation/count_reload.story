# Without P2: counts a reload as in force.
servers a b c
primary a
automatic on
begins switchable
eligible 2
seed 247
think 0.010000 0.040000
at 0.000000 attend 2.5 -f
at 1.549341 instance primary checkpointer lags 2.580561
at 7.079880 kill host c
at 8.623472 kill host primary
at 12.206853 kill host b
at 12.246355 kill host primary
at 12.246355 remove directory primary safely
lasts 20
never lost
