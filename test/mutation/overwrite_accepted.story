# Without E1: proposes over what a majority's promises have shown.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 437
at 1.039777 disk of a slow 0.4
at 1.666549 cut a -> b
at 5.607818 disk of w hangs
at 12.023728 kill instance a
at 40.000000 disk of w works
lasts 45
never lost
