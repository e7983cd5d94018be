# Without section 9: lets a cancelled wait count as acknowledged.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 15
think 0.002000 0.008000
at 6.119209 cancel after 0.2
at 13.014566 cut primary
lasts 20
never lost
