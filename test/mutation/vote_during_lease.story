# Without P5: votes for a takeover while its lease stands.
servers a b
arbiters w x
primary a
automatic on
begins switchable
eligible 1
seed 306
think 0.040000 0.120000
at 20.077371 cut agents primary b
at 20.176026 disk of primary fails 7
lasts 30
never lost
