# The same; the primary's host does not come back: the standby takes over.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 2.0 kill host a
at 2.0 kill host b
at 2.0 kill host w
at 4.0 boot b
at 4.0 boot w
at 5.0 start b -f
at 5.0 start w
lasts 20
must primary b at 18
never lost
