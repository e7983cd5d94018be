# Without P7: serves again under the record that it has consented to give up.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 499
think 0.040000 0.120000
at 4.441625 disk of b hangs
at 4.441625 disk of a slow 0.2
at 4.641625 kill instance a
at 9.333635 disk of b works
lasts 10
never lost
