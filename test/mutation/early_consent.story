# Without P7: consents before the last backend is gone.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 22
think 0.010000 0.040000
at 0.794471 instance a computes
at 0.794471 instance a cannot stop
at 0.894471 kill instance a
lasts 5
never lost
