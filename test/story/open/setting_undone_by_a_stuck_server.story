# lines_meet_accepted_alone: the operator tries to bring the one that is stuck back, then wants automatic off
servers a b
arbiters w
primary a
automatic on
rejoin rewind
begins switchable
at 0.1 load on
at 2.0 cut b
at 4.059 cut a w
at 8.0 force b without a w
at 12.0 heal b w
at 14.0 heal
at 15.5 start a -f
at 17.0 disable b
lasts 30
must split.waits on a by 15
must primary b at 19
must automatic off at 19
must automatic off at 29
expect
