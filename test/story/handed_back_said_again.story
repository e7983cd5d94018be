# The successor has written down that it hands back, and nobody has heard it when its agent is killed. The next run says it again (P7),
# though its instance could be promoted by then: the primary before opens.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b cannot promote
at 2.0 kill instance a
at 2.195 cut b
at 2.1992 kill agent b
at 2.1994 instance b can promote
at 3.5 heal
lasts 25
must asking.hand_back on b by 2.1992
must asking.handed_back on b
must primary a at 6
must switchable at 25
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
    2.195  -      cut                          b
    2.197  b      deposing.proved              deposing -> asking
    2.197  b      asking.known_solo            asking
    2.197  b      asking.hand_back             asking -> consenting
    2.199  -      kill                         agent b
    2.199  -      instance                     b can promote
    2.319  b      monitor                      makes a new agent
    2.319  b      recalling.done               recalling -> asking
    2.324  b      asking.handed_back           asking -> consenting
    3.500  -      heal                         
    4.055  a      seeking.return               seeking
    4.058  a      round.accept                 seeking
    4.061  a      seeking.named                seeking -> asking
    4.061  a      asking.known_solo            asking
    4.061  a      asking.start_primary         asking -> starting
    4.061  b      consenting.succeeded         consenting -> asking
    4.061  b      asking.round                 asking
    4.069  b      asking.seek                  asking -> seeking
    4.162  a      instance                     up, primary, closed
    4.163  a      starting.up                  starting -> proving
    4.163  a      proving.open                 proving -> opening
    4.165  a      gate                         open
    4.165  a      opening.done                 opening -> primary
    4.165  b      seeking.ask                  seeking
    4.166  b      seeking.start                seeking -> standby-starting
    4.226  b      instance                     up, standby
    4.228  b      standby_starting.up          standby-starting -> standby
    4.228  b      standby.open                 standby
    4.324  a      attach.tighten               primary
    4.455  a      attach.propose               primary
    4.458  a      attach.accept                primary
