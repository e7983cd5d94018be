# ... a bounded number of times.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 instance a cannot start
at 1.1 kill instance a
at 20.0 instance a can start
lasts 22
must failing.restart on a
must asking.cannot_start on a by 20
must nobody at 20
