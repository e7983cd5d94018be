# Without P1: opens after a restart without asking.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 1003
think 0.040000 0.120000
at 2.973508 cut b
at 5.973508 copy memory of a
at 5.973508 heal
at 8.473508 kill host a
at 8.473508 old memory of a unseen
at 12.473508 cut a
at 16.473508 attend 4 -f
lasts 30
never lost
