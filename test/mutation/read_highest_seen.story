# Without E1: reads the highest record seen instead of completing a round.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 12
at 4.433886 kill host w
at 12.571827 disk of a slow 0.4
at 12.626725 freeze host b
at 18.674953 disable b
at 40.000000 thaw b
lasts 45
never lost
