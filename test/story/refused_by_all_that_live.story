# A claim that every living voter refuses ends at once, and is tried again when the lease is out.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill host a
at 2.2 kill agent w
lasts 12
must primary b at 11
never lost
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.200  -      kill                         agent w
    2.320  w      monitor                      makes a new agent
    2.924  b      claim.silent                 standby -> claiming
    2.925  b      claiming.failed              claiming -> standby
    3.424  b      claim.silent                 standby -> claiming
    3.426  b      claiming.failed              claiming -> standby
    3.924  b      claim.silent                 standby -> claiming
    3.926  b      claiming.failed              claiming -> standby
    4.424  b      claim.silent                 standby -> claiming
    4.427  b      claiming.cut                 claiming
    4.429  b      claiming.accept              claiming
    4.432  b      standby.named                claiming -> promoting
    4.432  b      promoting.promote            promoting
    4.487  b      instance                     promoted to timeline 2
    4.488  b      promoting.done               promoting -> proving
    4.488  b      proving.mark                 proving
    4.493  b      proving.open                 proving -> opening
    4.495  b      opening.done                 opening -> primary
