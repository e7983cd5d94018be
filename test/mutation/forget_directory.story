# Without D1: takes a data directory that was put back for the eligible one.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 1040
think 0.010000 0.040000
at 1.052440 copy directory b
at 2.552440 kill host b
at 2.552440 kill host a
at 2.552440 put back directory b
at 2.652440 boot b
at 2.652440 start b -f
lasts 5
never lost
