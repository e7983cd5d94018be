# Without section 9: lets a cancelled wait count as acknowledged.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 400
think 0.010000 0.040000
at 10.452914 cancel after 0.2
at 12.125460 cut w -> a
at 12.147217 cut primary -> standby
lasts 20
never lost
