# Without P5: goes on granting the old primary after it has accepted a takeover.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
seed 655
think 0.010000 0.040000
at 2.200750 disk of c hangs
at 2.200750 cut agents a -> b
at 2.200750 cut agents a w
at 3.000750 cut agents b -> x
at 3.200750 cut agents a x
at 4.050750 cut agents b -> a
at 4.290108 heal a w
at 5.120571 heal b x
at 5.220571 heal a x
at 5.272163 cut agents a w
lasts 10
never lost
