# Without E1: uses a ballot that is not the own voter's first, durably.
servers a b c
arbiters w
primary a
automatic on
begins switchable
eligible 2
seed 17
think 0.010000 0.040000
at 24.818785 cut primary
at 34.832512 kill instance primary unseen
lasts 45
never lost
