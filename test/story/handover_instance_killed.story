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
    1.004  a      instance                     down
    1.030  a      failing.handover             failing -> consenting
    1.030  b      claim.consent                standby -> claiming
    1.030  b      claiming.cut_early           claiming
    1.034  b      claiming.accept              claiming
    1.038  b      standby.named                claiming -> promoting
    1.038  b      promoting.promote            promoting
    1.038  a      consenting.succeeded         consenting -> asking
    1.038  a      asking.round                 asking
    1.045  a      asking.seek                  asking -> seeking
    1.116  b      instance                     promoted to timeline 2
    1.117  b      promoting.done               promoting -> proving
    1.117  b      proving.mark                 proving
    1.122  b      proving.open                 proving -> opening
    1.124  b      opening.done                 opening -> primary
    1.125  a      seeking.ask                  seeking
    1.125  a      standby.take_chain           seeking
    1.130  a      seeking.start                seeking -> standby-starting
    1.213  a      instance                     up, standby
    1.214  a      standby_starting.up          standby-starting -> standby
    1.214  a      standby.open                 standby
    1.255  b      attach.tighten               primary
    1.455  b      attach.propose               primary
    1.459  b      attach.accept                primary
