# Without P2: attaches a standby whose WAL is no prefix.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
fencing on
quorum 1
seed 2376
think 0.040000 0.120000
at 0.000000 attend 2.5 -f
at 2.499741 stop standby
at 5.396630 instance c promoted by hand
at 9.122076 copy directory primary
at 9.287350 kill host primary
at 9.287350 put back directory primary safely
at 33.620918 kill instance b
lasts 45
never lost
