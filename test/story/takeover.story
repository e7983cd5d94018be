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
    2.866  b      claiming.cut                 claiming
    2.872  b      claiming.accept              claiming
    2.876  b      standby.named                claiming -> promoting
    2.876  b      promoting.promote            promoting
    2.932  b      instance                     promoted to timeline 2
    2.932  b      promoting.done               promoting -> proving
    2.932  b      proving.mark                 proving
    2.937  b      proving.open                 proving -> opening
    2.939  b      opening.done                 opening -> primary
