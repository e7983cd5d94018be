# Without P5: goes on granting the old primary after it has accepted a takeover.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
seed 727
think 0.040000 0.120000
at 2.188564 disk of c hangs
at 2.188564 cut agents a -> b
at 2.188564 cut agents a w
at 2.988564 cut agents b -> x
at 3.188564 cut agents a x
at 4.038564 cut agents b -> a
at 4.319368 heal a w
at 5.152019 heal b x
at 5.252019 heal a x
at 5.256024 cut agents a w
lasts 10
never lost
