# Without E5: goes on acknowledging though it knows that two lines exclude each other.
servers a b
primary a
automatic on
begins switchable
eligible 1
silence command
seed 20
think 0.010000 0.040000
at 8.120810 command of a says broken
at 8.120810 command of b says broken
at 8.120810 cut a b
at 44.999999 mend
lasts 60
never lost
