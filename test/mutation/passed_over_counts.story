# Without E1: passes over what its own voter has accepted, and counts that voter for the majority that has not.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 2147
think 0.002000 0.008000
at 3.554869 cut wal a b
at 9.554869 cut agents a
at 14.554869 force b
at 14.563492 kill agent b
at 14.567492 cut w
at 44.999999 mend
lasts 60
never lost
