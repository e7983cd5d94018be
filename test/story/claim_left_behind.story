# The claimant's instance dies while its round is under way: the round is given up, and a later claim passes.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill host a
at 2.8624 kill instance b
lasts 30
must primary b at 29
never lost
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.862  b      claim.silent                 standby -> claiming
    2.862  -      kill                         instance b
    2.862  b      standby.gone                 claiming -> deposing
    2.863  b      instance                     down
    2.866  b      claim.left                   deposing
    2.892  b      deposing.proved              deposing -> asking
    3.009  b      asking.round                 asking
    3.016  b      asking.start_standby         asking -> standby-starting
    3.104  b      instance                     up, standby
    3.106  b      standby_starting.up          standby-starting -> standby
    3.106  b      standby.open                 standby
    3.366  b      claim.silent                 standby -> claiming
    3.369  b      claiming.cut                 claiming
    3.371  b      claiming.accept              claiming
    3.375  b      standby.named                claiming -> promoting
    3.375  b      promoting.promote            promoting
    3.429  b      instance                     promoted to timeline 2
    3.430  b      promoting.done               promoting -> proving
    3.430  b      proving.mark                 proving
    3.435  b      proving.open                 proving -> opening
    3.437  b      opening.done                 opening -> primary
