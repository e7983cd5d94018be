# The primary's instance dies, and its successor's ends at every promotion. After three attempts in vain it hands back:
# it has opened nothing, so the primary before holds everything, and opens again (P3). The other one follows it.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b cannot promote
at 2.0 kill instance a
at 10.0 instance b can promote
lasts 20
must failing.handover on a
must asking.hand_back on b by 4
must seeking.return on a by 4
must primary a at 4
must outage below 2
must switchable at 20
never promoted b
never lost
never two acknowledging
expect
    1.000  -      instance                     b cannot promote
    2.000  -      kill                         instance a
    2.000  a      primary.gone                 primary -> failing
    2.001  a      instance                     down
    2.030  a      failing.handover             failing -> consenting
    2.030  b      claim.consent                standby -> claiming
    2.030  b      claiming.cut_early           claiming
    2.034  b      claiming.accept              claiming
    2.037  b      standby.named                claiming -> promoting
    2.037  b      promoting.promote            promoting
    2.038  a      consenting.succeeded         consenting -> asking
    2.038  a      asking.round                 asking
    2.045  a      asking.seek                  asking -> seeking
    2.052  b      standby.gone                 promoting -> deposing
    2.055  b      instance                     down
    2.082  b      deposing.proved              deposing -> asking
    2.082  b      asking.known_solo            asking
    2.082  b      asking.unpromoted            asking -> standby-starting
    2.151  b      instance                     up, standby
    2.152  b      standby_starting.up          standby-starting -> standby
    2.152  b      standby.named                standby -> promoting
    2.152  b      promoting.cut                promoting
    2.154  b      promoting.promote            promoting
    2.167  b      standby.gone                 promoting -> deposing
    2.169  b      instance                     down
    2.197  b      deposing.proved              deposing -> asking
    2.197  b      asking.known_solo            asking
    2.197  b      asking.hand_back             asking -> consenting
    2.198  a      seeking.return               seeking
    2.201  a      round.accept                 seeking
    2.204  a      seeking.named                seeking -> asking
    2.204  a      asking.known_solo            asking
    2.204  a      asking.start_primary         asking -> starting
    2.205  b      consenting.succeeded         consenting -> asking
    2.205  b      asking.round                 asking
    2.212  b      asking.seek                  asking -> seeking
    2.283  a      instance                     up, primary, closed
    2.283  a      starting.up                  starting -> proving
    2.283  a      proving.open                 proving -> opening
    2.285  a      gate                         open
    2.285  a      opening.done                 opening -> primary
    2.286  b      seeking.ask                  seeking
    2.286  b      seeking.start                seeking -> standby-starting
    2.349  b      instance                     up, standby
    2.350  b      standby_starting.up          standby-starting -> standby
    2.350  b      standby.open                 standby
    2.455  a      attach.tighten               primary
    2.655  a      attach.propose               primary
    2.658  a      attach.accept                primary
   10.000  -      instance                     b can promote
