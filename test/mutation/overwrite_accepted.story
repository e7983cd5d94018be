# Without E1: proposes over what a majority's promises have shown.
servers a b c
arbiters w
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 955
think 0.010000 0.040000
at 0.000000 attend 2.5 -f
at 0.606319 copy directory primary
at 0.658194 kill host primary
at 0.658194 put back directory primary safely
at 1.356051 kill host standby
at 1.356051 lose memory of standby safely
at 5.178675 delay 0.02 0.08
at 8.590791 kill agent primary
at 8.590791 kill instance primary
at 8.648022 kill agent standby
at 11.253357 disk of standby fails 6
at 11.816620 disk of standby slow 0.05
at 14.743570 kill instance primary
lasts 20
never lost
