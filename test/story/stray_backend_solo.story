# The same on a solo primary, whose commits are acknowledged at once: they are all there after the restart.
servers a b
arbiters w
primary a
automatic on
begins solo
at 0.5 instance a calls
at 1.0 kill host a
at 2.0 boot a
at 2.5 start a
at 5.0 kill instance a
lasts 10
must failing.restart on a by 6
must primary a at 7
never lost
