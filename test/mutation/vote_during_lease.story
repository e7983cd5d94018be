# Without P5: votes for a takeover while its lease stands.
servers a b c
primary a
automatic on
begins switchable
eligible 1
seed 158
at 0.510981 disk of a full
at 2.749266 cut a c
lasts 10
never lost
