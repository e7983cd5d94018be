servers a b
arbiters w
primary a
automatic on
silence command
begins switchable
at 0.2 load on
at 2.0 members at a without w
at 20.1 freeze a
at 40 heal
at 50 thaw a
at 60.0 members at b with w
lasts 80
must primary b at 59
must switchable at 79
never lost
never two acknowledging
expect
