# Without P3: claims with one answer fewer than n-k+1.
servers a b c d
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 1100
think 0.040000 0.120000
at 6.827126 delay 0.02 0.08
at 12.242528 freeze agent primary
lasts 20
never lost
