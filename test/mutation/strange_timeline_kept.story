# Without D1: who was promoted past its agent keeps the history that it has just been told of, whose timeline has the same number.
servers a b c
primary a
automatic on
begins switchable
eligible 1
seed 211013597
think 0.010000 0.040000
at 0.251090 clock of b fast 0.015
at 2.035127 enable primary
at 5.774027 kill instance primary unseen
at 6.334765 instance c promoted by hand
at 6.810532 kill instance standby
at 10.810532 kill host primary
at 44.999999 mend core
at 44.999999 attend 3 -f
lasts 60
never lost
