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
    2.864  b      instance                     down
    2.865  b      claim.left                   deposing
    2.892  b      deposing.proved              deposing -> asking
    3.008  b      asking.round                 asking
    3.015  b      asking.start_standby         asking -> standby-starting
    3.090  b      instance                     up, standby
    3.091  b      standby_starting.up          standby-starting -> standby
    3.091  b      standby.open                 standby
    3.365  b      claim.silent                 standby -> claiming
    3.368  b      claiming.cut                 claiming
    3.370  b      claiming.accept              claiming
    3.374  b      standby.named                claiming -> promoting
    3.374  b      promoting.promote            promoting
    3.434  b      instance                     promoted to timeline 2
    3.435  b      promoting.done               promoting -> proving
    3.435  b      proving.mark                 proving
    3.440  b      proving.open                 proving -> opening
    3.442  b      opening.done                 opening -> primary
