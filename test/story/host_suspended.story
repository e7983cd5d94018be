# The whole host is frozen: a takeover; on waking it acknowledges nothing and is deposed.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 freeze host a
at 9.0 thaw a
lasts 18
must claim.silent on b by 4
must primary b at 5
must switchable at 18
never two acknowledging
