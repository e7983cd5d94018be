# Everybody is cut from everybody: a primary with an eligible standby stops serving; healed, it serves again.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut a
at 1.0 cut b
at 6.0 heal
lasts 16
must lease.out on a by 3
must nobody at 5
must switchable at 16
never two acknowledging
