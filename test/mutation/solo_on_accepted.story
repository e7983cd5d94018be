# Without P1: opens alone on a solo record that was only accepted.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 424
think 0.010000 0.040000
at 0.000000 attend 2.5 -f
at 2.432359 trap a after send 6 kill host
at 6.036857 copy memory of a
at 6.036857 kill instance standby
at 9.564052 trap primary after persist 2 kill agent
at 10.036857 kill agent a
at 10.036857 old memory of a unseen safely
lasts 20
never lost
