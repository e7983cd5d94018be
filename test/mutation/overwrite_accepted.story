# Without E1: proposes over what a majority's promises have shown.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 363
think 0.040000 0.120000
at 20.333845 cut agents primary b
at 22.378185 disable standby
lasts 30
never lost
