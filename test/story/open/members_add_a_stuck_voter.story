# a and w have accepted the detach of b, and a dies before it knows; w's host is lost, too. b is forced for good without both; w comes back and is added.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.9 load off
at 2.0 cut b
at 2.0 trap w after persist 2 kill host
at 4.5 kill host a
at 6.0 heal
at 12.0 force b for good without a w
at 18.0 boot w
at 18.5 start w
at 23.0 members at b with w
at 35.0 kill host b
at 36.0 boot b
at 36.5 start b -f
lasts 60
must opening.done on b after 36
never lost
never two acknowledging
expect
