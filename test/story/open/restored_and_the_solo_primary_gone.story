# solo a (automatic on) gone for good, restored at b; w there: force at b
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory b
at 2.0 kill host b
at 6.0 kill host a
at 7.0 boot b
at 7.5 restore directory b from a without 5
at 8.0 start b -f
at 25.0 force b
at 30.0 members at b without a
lasts 45
must opening.done on b after 15
expect
