# Without P6: counts its lease on after a suspend.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 396
think 0.040000 0.120000
at 3.431442 cut a
at 3.431442 freeze host a
at 5.589647 thaw all
lasts 10
never lost
