# Without P6: counts its lease on after a suspend.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 28
think 0.040000 0.120000
at 12.167624 cut primary
at 13.005435 freeze host primary
at 15.778864 thaw all
lasts 20
never lost
