# Without E1: uses a ballot that is not the own voter's first, durably.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 1
at 1.028164 kill host w
at 1.953947 disk of b slow 0.4
at 2.827060 stop a
lasts 5
never lost
