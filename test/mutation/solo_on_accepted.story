# Without P1: opens alone on a solo record that was only accepted.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 186
think 0.002000 0.008000
at 1.414584 delay 0.001 0.02
at 1.454997 cut w
at 4.393961 kill instance b unseen
at 4.443723 heal
at 4.494924 kill agent primary
lasts 5
never lost
