# Without the arbiter the two servers still decide: first nothing happens, then a dead instance is replaced.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill agent w for good
at 5.0 kill instance a
lasts 12
must failing.handover on a by 6
must primary b at 6
must outage below 0.6
never claim.silent
expect
    1.000  -      kill                         agent w for good
    5.000  -      kill                         instance a
    5.000  a      primary.gone                 primary -> failing
    5.001  a      instance                     down
    5.030  a      failing.handover             failing -> consenting
    5.030  b      claim.consent                standby -> claiming
    5.030  b      claiming.cut_early           claiming
    5.034  b      claiming.accept              claiming
    5.037  b      standby.named                claiming -> promoting
    5.037  b      promoting.promote            promoting
    5.037  a      consenting.succeeded         consenting -> asking
    5.037  a      asking.round                 asking
    5.044  a      asking.seek                  asking -> seeking
    5.113  b      instance                     promoted to timeline 2
    5.114  b      promoting.done               promoting -> proving
    5.114  b      proving.mark                 proving
    5.114  a      seeking.ask                  seeking
    5.119  b      proving.open                 proving -> opening
    5.121  b      opening.done                 opening -> primary
    5.614  a      standby.take_chain           seeking
    5.619  a      seeking.start                seeking -> standby-starting
    5.721  a      instance                     up, standby
    5.721  a      standby_starting.up          standby-starting -> standby
    5.721  a      standby.open                 standby
    5.855  b      attach.tighten               primary
    6.055  b      attach.propose               primary
    6.058  b      attach.accept                primary
