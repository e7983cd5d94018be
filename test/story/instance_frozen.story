# Every process of the primary's instance is stopped: sick, killed, handed over.
servers a b
arbiters w
primary a
automatic on
begins switchable
seed 2
at 1.0 freeze instance a
lasts 12
must primary.sick on a by 4
must primary b at 5
must outage below 4
must switchable at 12
expect
    1.000  -      freeze                       instance a
    3.055  a      primary.sick                 primary -> failing
    3.057  a      instance                     down
    3.085  a      failing.handover             failing -> consenting
    3.085  b      claim.consent                standby -> claiming
    3.085  b      claiming.cut_early           claiming
    3.088  b      claiming.accept              claiming
    3.093  b      standby.named                claiming -> promoting
    3.093  b      promoting.promote            promoting
    3.093  a      consenting.succeeded         consenting -> asking
    3.093  a      asking.round                 asking
    3.099  a      asking.seek                  asking -> seeking
    3.161  b      instance                     promoted to timeline 2
    3.162  b      promoting.done               promoting -> proving
    3.162  b      proving.mark                 proving
    3.167  b      proving.open                 proving -> opening
    3.169  b      opening.done                 opening -> primary
    3.169  a      seeking.ask                  seeking
    3.170  a      standby.take_chain           seeking
    3.175  a      seeking.start                seeking -> standby-starting
    3.235  a      instance                     up, standby
    3.237  a      standby_starting.up          standby-starting -> standby
    3.237  a      standby.open                 standby
    3.255  b      attach.tighten               primary
    3.455  b      attach.propose               primary
    3.458  b      attach.accept                primary
