# Without D1: opens another data directory than the one the record names.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 214
think 0.040000 0.120000
at 0.000000 attend 2.5 -f
at 25.274906 clog primary standby 0.392342
at 28.892157 copy directory primary
at 29.093615 kill host primary
at 29.093615 put back directory primary safely
lasts 45
never lost
