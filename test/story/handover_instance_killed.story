# The primary's postmaster is killed: the agent proves the end and consents; no timeout is waited for.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill instance a
lasts 10
must primary.gone on a by 1.1
must failing.handover on a by 1.2
must claim.consent on b by 1.3
must primary b at 1.6
must outage below 0.5
must switchable at 10
never lost
expect
    1.000  -      kill                         instance a
    1.000  a      primary.gone                 primary -> failing
    1.001  a      instance                     down
    1.030  a      failing.handover             failing -> consenting
    1.030  b      claim.consent                standby -> claiming
    1.030  b      claiming.cut_early           claiming
    1.033  b      claiming.accept              claiming
    1.037  b      standby.named                claiming -> promoting
    1.037  b      promoting.promote            promoting
    1.037  a      consenting.succeeded         consenting -> asking
    1.037  a      asking.round                 asking
    1.044  a      asking.seek                  asking -> seeking
    1.110  b      instance                     promoted to timeline 2
    1.110  b      promoting.done               promoting -> proving
    1.110  b      proving.mark                 proving
    1.111  a      seeking.ask                  seeking
    1.115  b      proving.open                 proving -> opening
    1.117  b      opening.done                 opening -> primary
    1.611  a      standby.take_chain           seeking
    1.616  a      seeking.start                seeking -> standby-starting
    1.692  a      instance                     up, standby
    1.692  a      standby_starting.up          standby-starting -> standby
    1.692  a      standby.open                 standby
    1.855  b      attach.tighten               primary
    2.055  b      attach.propose               primary
    2.058  b      attach.accept                primary
