# The primary's host is lost: the standby asks the arbiter, is promoted, and nothing is lost.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill host a
lasts 10
must claim.silent on b by 4
must primary b at 5
must outage below 3
must acknowledged more than 500
never lost
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.862  b      claim.silent                 standby -> claiming
    2.865  b      claiming.cut                 claiming
    2.871  b      claiming.accept              claiming
    2.875  b      standby.named                claiming -> promoting
    2.875  b      promoting.promote            promoting
    2.934  b      instance                     promoted to timeline 2
    2.934  b      promoting.done               promoting -> proving
    2.934  b      proving.mark                 proving
    2.939  b      proving.open                 proving -> opening
    2.941  b      opening.done                 opening -> primary
