# Without E1: answers an older ballot than it has promised.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 12
at 3.610290 cut w
at 12.626725 freeze host b
at 18.674953 disable b
at 40.000000 thaw b
lasts 45
never lost
