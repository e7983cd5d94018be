# Without E1: answers an older ballot than it has promised.
servers a b c
primary a
automatic on
begins switchable
eligible 1
seed 5
think 0.010000 0.040000
at 0.000000 attend 2.5 -f
at 13.378340 trap b after persist 3 freeze host
at 14.519310 kill instance primary
at 14.551833 kill instance standby
at 15.507398 kill host primary
at 15.507398 remove directory primary safely
at 44.999999 mend
lasts 60
never lost
