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
    2.935  b      claim.silent                 standby -> claiming
    2.937  b      claiming.failed              claiming -> standby
    3.435  b      claim.silent                 standby -> claiming
    3.437  b      claiming.failed              claiming -> standby
    3.935  b      claim.silent                 standby -> claiming
    3.937  b      claiming.failed              claiming -> standby
    4.435  b      claim.silent                 standby -> claiming
    4.439  b      claiming.cut                 claiming
    4.441  b      claiming.accept              claiming
    4.444  b      standby.named                claiming -> promoting
    4.444  b      promoting.promote            promoting
    4.505  b      instance                     promoted to timeline 2
    4.506  b      promoting.done               promoting -> proving
    4.506  b      proving.mark                 proving
    4.511  b      proving.open                 proving -> opening
    4.513  b      opening.done                 opening -> primary
