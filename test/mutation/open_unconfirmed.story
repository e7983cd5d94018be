# Without P1: opens after a restart without asking.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 1095
think 0.010000 0.040000
at 0.000000 attend 8 -f
at 3.546498 cut b
at 6.546498 copy memory of a
at 6.546498 heal
at 9.046498 kill host a
at 9.046498 old memory of a unseen
at 13.046498 cut a
lasts 20
never lost
