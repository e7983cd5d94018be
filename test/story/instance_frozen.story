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
    3.056  a      instance                     down
    3.085  a      failing.handover             failing -> consenting
    3.085  b      claim.consent                standby -> claiming
    3.085  b      claiming.cut_early           claiming
    3.088  b      claiming.accept              claiming
    3.091  b      standby.named                claiming -> promoting
    3.091  b      promoting.promote            promoting
    3.091  a      consenting.succeeded         consenting -> asking
    3.091  a      asking.round                 asking
    3.099  a      asking.seek                  asking -> seeking
    3.151  b      instance                     promoted to timeline 2
    3.152  b      promoting.done               promoting -> proving
    3.152  b      proving.mark                 proving
    3.153  a      seeking.ask                  seeking
    3.157  b      proving.open                 proving -> opening
    3.159  b      opening.done                 opening -> primary
    3.653  a      standby.take_chain           seeking
    3.658  a      seeking.start                seeking -> standby-starting
    3.765  a      instance                     up, standby
    3.766  a      standby_starting.up          standby-starting -> standby
    3.766  a      standby.open                 standby
    3.855  b      attach.tighten               primary
    4.055  b      attach.propose               primary
    4.058  b      attach.accept                primary
