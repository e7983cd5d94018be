# Without P1: opens what was recovered from a backup though an unheard primary may serve without a lease.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
rejoin copy
seed 910
think 0.002000 0.008000
at 3.326819 copy directory b
at 3.626819 kill host b
at 6.626819 restore directory b from a without 5 safely
at 6.626819 cut a
at 44.999999 attend 3 -f
lasts 60
never lost
