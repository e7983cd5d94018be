# Without E3: votes although others remember more of this voter.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 193
think 0.010000 0.040000
at 0.000000 attend 8 -f
at 0.577338 copy memory of w
at 0.577338 cut a b
at 0.577338 trap w before persist 3 kill host
at 5.577338 cut a
at 5.577338 old memory of w unseen
lasts 20
never lost
