# The instance is killed in the middle of its promotion: it comes up as standby again and is promoted then.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 instance b promotion lags 2
at 1.0 kill host a
at 4.0 kill instance b
at 4.5 instance b promotion lags 0
lasts 16
must asking.unpromoted on b
must primary b at 14
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
    4.000  -      kill                         instance b
    4.000  b      standby.gone                 promoting -> deposing
    4.001  b      instance                     down
    4.030  b      deposing.proved              deposing -> asking
    4.030  b      asking.known_solo            asking
    4.030  b      asking.unpromoted            asking -> standby-starting
    4.124  b      instance                     up, standby
    4.126  b      standby_starting.up          standby-starting -> standby
    4.126  b      standby.named                standby -> promoting
    4.126  b      promoting.cut                promoting
    4.128  b      promoting.promote            promoting
    4.500  -      instance                     b promotion lags 0
    6.202  b      instance                     promoted to timeline 2
    6.202  b      promoting.done               promoting -> proving
    6.202  b      proving.mark                 proving
    6.207  b      proving.open                 proving -> opening
    6.209  b      gate                         open
    6.209  b      opening.done                 opening -> primary
