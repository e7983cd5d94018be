# Everybody was down, and the record's primary has lost WAL that its standby has. It is forced, and the others come back before the record of that is accepted: the force is given up, and the
# instance runs as a standby. It is promoted, and judged by where its new timeline begins: it opens beside nobody who has more (P1).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 3.0 kill host a
at 3.0 kill host b
at 3.0 kill host w
at 5.0 boot a
at 5.0 boot b
at 5.0 boot w
at 5.5 start a
at 15.0 force a without b w
at 15.010 start w
at 15.060 start b
lasts 40
settles 90
never lost
at 25.0 kill host b
at 32.0 boot b
at 33.0 start b
expect
