# Without P5: lets a restarted voter forget its lease.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 197
think 0.040000 0.120000
at 4.517376 cut a b
at 6.367376 cut a w
at 6.367376 kill agent w
lasts 10
never lost
