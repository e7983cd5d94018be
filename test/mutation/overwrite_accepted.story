# Without E1: proposes over what a majority's promises have shown.
servers a b c d e
arbiters w x
primary a
automatic on
begins switchable
eligible 2
seed 412
think 0.040000 0.120000
at 0.000000 attend 2.5 -f
at 4.160252 disk of w slow 0.05
at 21.655832 kill instance primary
at 25.097997 kill host a
at 26.908334 kill instance e unseen
at 31.906380 disk of standby slow 0.05
at 34.897877 kill host primary
at 34.927331 freeze agent d
at 37.188515 freeze host e
at 37.331121 thaw all
at 37.621452 kill instance primary
at 37.660668 disk of primary full
at 41.723174 freeze host primary
lasts 45
never lost
