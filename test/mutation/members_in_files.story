# Without E4: takes the members from its network.conf.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 855
think 0.002000 0.008000
at 1.943838 members of a few
at 1.943838 kill agent a
lasts 5
never lost
