# Every process of the primary's instance is stopped: sick, killed, handed over.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 freeze instance a
lasts 12
must primary.sick on a by 4
must primary b at 5
must outage below 4
must switchable at 12
expect
    1.000  -      freeze                       instance a
    3.055  a      primary.sick                 primary -> failing
    3.056  a      instance                     down
    3.085  a      failing.handover             failing -> consenting
    3.085  b      claim.consent                standby -> claiming
    3.085  b      claiming.cut_early           claiming
    3.089  b      claiming.accept              claiming
    3.091  b      standby.named                claiming -> promoting
    3.091  b      promoting.promote            promoting
    3.092  a      consenting.succeeded         consenting -> asking
    3.092  a      asking.round                 asking
    3.098  a      asking.seek                  asking -> seeking
    3.144  b      instance                     promoted to timeline 2
    3.144  b      promoting.done               promoting -> proving
    3.144  b      proving.mark                 proving
    3.149  b      proving.open                 proving -> opening
    3.151  b      opening.done                 opening -> primary
    3.152  a      seeking.ask                  seeking
    3.152  a      standby.take_chain           seeking
    3.157  a      seeking.start                seeking -> standby-starting
    3.266  a      instance                     up, standby
    3.267  a      standby_starting.up          standby-starting -> standby
    3.267  a      standby.open                 standby
    3.455  b      attach.tighten               primary
    3.652  a      standby.ask                  standby
    3.655  b      attach.propose               primary
    3.659  b      attach.accept                primary
