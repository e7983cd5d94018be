# Without P2: admits the first commit before the checkpointer has looked.
servers a b c
primary a
automatic on
begins switchable
eligible 1
seed 199
think 0.040000 0.120000
at 0.000000 attend 2.5 -f
at 1.203704 kill host primary
at 3.859769 kill instance primary
lasts 5
never lost
