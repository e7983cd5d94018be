# Without section 8: stands in for a silent voter without having been there: after a restart, or a sleep.
servers a b
primary a
automatic on
begins switchable
eligible 1
silence command
seed 288
think 0.010000 0.040000
at 9.083241 kill host a
at 14.238455 kill host b
at 14.241841 boot a
at 14.241841 start a -f
lasts 30
never lost
