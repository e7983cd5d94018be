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
    3.055  b      claim.silent                 standby -> claiming
    3.058  b      claiming.cut                 claiming
    3.064  b      claiming.accept              claiming
    3.068  b      standby.named                claiming -> promoting
    3.068  b      promoting.promote            promoting
    3.141  b      instance                     promoted to timeline 2
    3.142  b      promoting.done               promoting -> proving
    3.142  b      proving.mark                 proving
    3.147  b      proving.open                 proving -> opening
    3.149  b      gate                         open
    3.149  b      opening.done                 opening -> primary
