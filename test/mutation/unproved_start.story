# Without P2: admits the first commit before the checkpointer has looked.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 727
think 0.040000 0.120000
at 1.314959 kill host a
at 1.414959 boot a
at 1.414959 start a -f
at 2.414959 kill host a
lasts 5
never lost
