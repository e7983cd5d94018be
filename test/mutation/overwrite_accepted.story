# Without E1: proposes over what a majority's promises have shown.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 1
seed 267
think 0.002000 0.008000
at 0.000000 attend 2.5 -f
at 3.042065 kill host x
at 3.491988 kill instance primary
at 5.903551 cut a w
at 6.444409 kill instance c
at 6.493706 lose 104
at 17.061831 kill instance primary
at 17.984753 kill agent x
at 34.532237 kill host standby
at 36.873163 kill instance primary
lasts 45
never lost
