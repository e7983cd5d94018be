# Without E4: takes the members from its network.conf.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 3184
think 0.040000 0.120000
at 1.785094 members of a few
at 1.785094 kill agent a
lasts 5
never lost
