# Without E1: proposes over what a majority's promises have shown.
servers a b
arbiters w x y
primary a
automatic on
begins switchable
eligible 1
seed 237
think 0.040000 0.120000
at 1.270471 members at standby without y
at 3.294973 members at a with y
at 3.301940 kill host primary
lasts 10
never lost
