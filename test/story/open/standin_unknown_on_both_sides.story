servers a b
primary a
automatic on
silence fallback
begins switchable
at 0.1 load on
at 9.0 cut a b
at 9.0 trap b after persist 2 kill host
at 15.0 trap a after persist 2 kill host
at 38.0 heal
at 38.0 boot b
at 38.0 boot a
at 38.5 start b -f
at 38.5 start a -f
at 60 force a
at 70 force b
at 80 force a without b
at 90 force b for good without a
lasts 110
must switchable at 109
expect
