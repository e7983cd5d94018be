# Without section 8: stands in for a silent voter without having been there: after a restart, or a sleep.
servers a b
primary a
automatic on
begins switchable
eligible 1
silence command
seed 45
think 0.010000 0.040000
at 11.747827 kill host a
at 16.760161 kill host b
at 16.768866 boot a
at 16.768866 start a -f
lasts 30
never lost
