# a and w are gone for good, and b's directory is lost: it is recovered from its backup
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory b
at 2.0 kill host a
at 2.0 kill host w
at 2.0 kill host b
at 6.0 boot b
at 6.5 restore directory b from a without 5
at 7.0 start b -f
at 15.0 force b without a w
at 25.0 force b for good without a w
lasts 45
must opening.done on b after 15
expect
