# Without P7: serves again under the record that it has consented to give up.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 6553
think 0.010000 0.040000
at 1.142799 disk of b hangs
at 1.142799 disk of a slow 0.2
at 1.342799 kill instance a
at 6.243131 disk of b works
lasts 10
never lost
