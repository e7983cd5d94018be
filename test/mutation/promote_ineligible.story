# Without P3: promotes a standby that was not eligible.
servers a b c
primary a
automatic on
begins switchable
eligible 2
seed 43
think 0.010000 0.040000
at 24.142738 cut c -> primary
at 33.195995 cut primary
lasts 45
never lost
