# A solo primary's instance is restarted in place.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 kill instance a
lasts 8
must failing.restart on a by 1.3
must primary a at 3
never lost
