# The word of handing back is lost for a while, and so is all else. The successor, whose instance could be promoted now,
# waits for a later record: the primary before may be on its way (P7). Nobody comes, so it takes the role back by one,
# and opens.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b cannot promote
at 2.0 kill instance a
at 2.1972 cut a
at 2.21 instance b can promote
at 15.0 heal
lasts 30
must asking.hand_back on b
must consenting.nobody_came on b
must nobody at 5.0
must promoting.done on b
must primary b at 12
must switchable at 30
never seeking.return on a
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
    2.197  -      cut                          a
    2.210  -      instance                     b can promote
    6.238  b      consenting.nobody_came       consenting
    6.241  b      round.accept                 consenting
    6.244  b      consenting.later_record      consenting -> asking
    6.244  b      asking.known_solo            asking
    6.244  b      asking.unpromoted            asking -> standby-starting
    6.339  b      instance                     up, standby
    6.340  b      standby_starting.up          standby-starting -> standby
    6.340  b      standby.named                standby -> promoting
    6.340  b      promoting.cut                promoting
    6.342  b      promoting.promote            promoting
    6.413  b      instance                     promoted to timeline 2
    6.414  b      promoting.done               promoting -> proving
    6.414  b      proving.mark                 proving
    6.419  b      proving.open                 proving -> opening
    6.421  b      gate                         open
    6.421  b      opening.done                 opening -> primary
   15.000  -      heal                         
   15.050  a      seeking.ask                  seeking
   15.051  a      standby.take_chain           seeking
   15.057  a      seeking.start                seeking -> standby-starting
   15.163  a      instance                     up, standby
   15.163  a      standby_starting.up          standby-starting -> standby
   15.163  a      standby.open                 standby
   15.255  b      attach.tighten               primary
   15.455  b      attach.propose               primary
   15.457  b      attach.accept                primary
