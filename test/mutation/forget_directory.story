# Without D1: takes a data directory that was put back for the eligible one.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 273
think 0.010000 0.040000
at 3.151763 copy directory b
at 4.651763 kill host b
at 4.651763 kill host a
at 4.651763 put back directory b
at 4.751763 boot b
at 4.751763 start b -f
lasts 10
never lost
