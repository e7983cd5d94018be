# The end of an instance is not reported by its process but found by looking.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill instance b unseen
at 6.0 kill instance a unseen
lasts 14
must standby.down on b by 1.5
must primary.down on a by 6.5
must primary b at 8
must switchable at 14
never lost
expect
    1.000  -      kill                         instance b unseen
    1.001  b      instance                     down
    1.055  b      standby.down                 standby -> deposing
    1.055  b      deposing.proved              deposing -> asking
    1.055  b      asking.round                 asking
    1.055  a      detach.lost                  primary
    1.075  a      round.accept                 primary
    1.078  a      names.follow_record          primary
    1.092  b      asking.seek                  asking -> seeking
    1.092  b      seeking.ask                  seeking
    1.092  b      seeking.start                seeking -> standby-starting
    1.182  b      instance                     up, standby
    1.184  b      standby_starting.up          standby-starting -> standby
    1.184  b      standby.open                 standby
    1.255  a      attach.tighten               primary
    1.455  a      attach.propose               primary
    1.458  a      attach.accept                primary
    6.000  -      kill                         instance a unseen
    6.010  a      instance                     down
    6.055  a      primary.down                 primary -> failing
    6.055  a      failing.handover             failing -> consenting
    6.055  b      claim.consent                standby -> claiming
    6.055  b      claiming.cut_early           claiming
    6.058  b      claiming.accept              claiming
    6.062  b      standby.named                claiming -> promoting
    6.062  b      promoting.promote            promoting
    6.062  a      consenting.succeeded         consenting -> asking
    6.062  a      asking.round                 asking
    6.091  a      asking.seek                  asking -> seeking
    6.118  b      instance                     promoted to timeline 2
    6.119  b      promoting.done               promoting -> proving
    6.119  b      proving.mark                 proving
    6.119  a      seeking.ask                  seeking
    6.124  b      proving.open                 proving -> opening
    6.126  b      opening.done                 opening -> primary
    6.619  a      standby.take_chain           seeking
    6.624  a      seeking.start                seeking -> standby-starting
    6.703  a      instance                     up, standby
    6.704  a      standby_starting.up          standby-starting -> standby
    6.704  a      standby.open                 standby
    6.855  b      attach.tighten               primary
    7.055  b      attach.propose               primary
    7.058  b      attach.accept                primary
