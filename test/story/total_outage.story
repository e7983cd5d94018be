# Every host is lost and comes back: the record says who opens, nothing is lost.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 2.0 kill host a
at 2.0 kill host b
at 2.0 kill host w
at 4.0 boot a
at 4.0 boot b
at 4.0 boot w
at 5.0 start b
at 7.0 start a
at 9.0 start w
lasts 22
must nobody at 5
must primary a at 20
never lost
never two acknowledging
