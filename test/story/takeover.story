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
    2.877  b      claim.silent                 standby -> claiming
    2.880  b      claiming.cut                 claiming
    2.886  b      claiming.accept              claiming
    2.890  b      standby.named                claiming -> promoting
    2.890  b      promoting.promote            promoting
    2.968  b      instance                     promoted to timeline 2
    2.969  b      promoting.done               promoting -> proving
    2.969  b      proving.mark                 proving
    2.974  b      proving.open                 proving -> opening
    2.976  b      gate                         open
    2.976  b      opening.done                 opening -> primary
