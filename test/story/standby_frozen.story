# The standby's instance is stopped: commits stall until it is detached; thawed, it is attached again.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 freeze instance b
at 8.0 thaw instance b
lasts 18
must detach.lost on a by 5
must switchable at 18
never promoted b
