# Without P5: lets a primary that serves complete a takeover that others have begun.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
seed 11006
think 0.040000 0.120000
at 4.170712 cut agents a -> b
at 4.170712 cut agents a w
at 4.970712 cut agents b -> x
at 5.170712 cut agents a x
at 6.020712 cut agents b -> a
at 6.317827 heal a w
at 7.067827 cut agents b -> w
at 7.156581 heal b x
at 7.256581 heal a x
lasts 10
never lost
