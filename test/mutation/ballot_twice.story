# Without E1: uses a ballot that is not the own voter's first, durably.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 1
think 0.010000 0.040000
at 9.480682 disk of primary slow 0.05
at 10.891834 cut agents b a
lasts 20
never lost
