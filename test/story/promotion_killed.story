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
    2.866  b      claiming.cut                 claiming
    2.872  b      claiming.accept              claiming
    2.876  b      standby.named                claiming -> promoting
    2.876  b      promoting.promote            promoting
    4.000  -      kill                         instance b
    4.000  b      standby.gone                 promoting -> deposing
    4.004  b      instance                     down
    4.030  b      deposing.proved              deposing -> asking
    4.030  b      asking.known_solo            asking
    4.300  b      asking.unpromoted            asking -> standby-starting
    4.385  b      instance                     up, standby
    4.386  b      standby_starting.up          standby-starting -> standby
    4.386  b      standby.named                standby -> promoting
    4.386  b      promoting.cut                promoting
    4.388  b      promoting.promote            promoting
    4.500  -      instance                     b promotion lags 0
    6.465  b      instance                     promoted to timeline 2
    6.466  b      promoting.done               promoting -> proving
    6.466  b      proving.mark                 proving
    6.471  b      proving.open                 proving -> opening
    6.473  b      gate                         open
    6.473  b      opening.done                 opening -> primary
