# Without P5: lets a primary that serves complete a takeover that others have begun.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
seed 14102
think 0.010000 0.040000
at 1.938395 cut agents a -> b
at 1.938395 cut agents a w
at 2.738395 cut agents b -> x
at 2.938395 cut agents a x
at 3.788395 cut agents b -> a
at 4.074203 heal a w
at 4.824203 cut agents b -> w
at 4.878602 heal b x
at 4.978602 heal a x
lasts 10
never lost
