# Without P7: consents before the last backend is gone.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 1350
think 0.010000 0.040000
at 1.978870 instance a computes
at 1.978870 instance a cannot stop
at 2.078870 kill instance a
lasts 5
never lost
