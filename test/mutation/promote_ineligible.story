# Without P3: promotes a standby that was not eligible.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 19
think 0.002000 0.008000
at 8.103379 kill instance standby
at 8.444992 freeze host primary
at 13.828868 thaw all
at 19.643444 freeze agent primary
at 44.999999 attend 3 -f
lasts 60
never lost
