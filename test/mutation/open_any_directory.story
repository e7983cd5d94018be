# Without D1: opens another data directory than the one the record names.
servers a b c
primary a
automatic on
begins switchable
eligible 1
seed 257
think 0.010000 0.040000
at 0.000000 attend 2.5 -f
at 2.987282 copy directory primary
at 3.053626 freeze agent c
at 3.104032 kill host primary
at 3.104032 put back directory primary safely
lasts 100
never lost
