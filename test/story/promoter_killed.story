# The agent is killed in the middle of a promotion, which goes on without it.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 instance b promotion lags 2
at 1.0 kill host a
at 4.0 kill agent b
lasts 16
must asking.promotion_unfinished on b
must primary b at 12
never lost
expect
    0.500  -      instance                     b promotion lags 2
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.862  b      claim.silent                 standby -> claiming
    2.865  b      claiming.cut                 claiming
    2.871  b      claiming.accept              claiming
    2.875  b      standby.named                claiming -> promoting
    2.875  b      promoting.promote            promoting
    4.000  -      kill                         agent b
    4.120  b      monitor                      makes a new agent
    4.120  b      recalling.done               recalling -> asking
    4.125  b      asking.known_solo            asking
    4.125  b      asking.promotion_unfinished  asking -> promoting
    4.125  b      promoting.cut                promoting
    4.127  b      promoting.promote            promoting
    4.934  b      instance                     promoted to timeline 2
    4.935  b      promoting.done               promoting -> proving
    4.935  b      proving.names                proving
    4.938  b      proving.mark                 proving
    4.943  b      proving.open                 proving -> opening
    4.945  b      opening.done                 opening -> primary
