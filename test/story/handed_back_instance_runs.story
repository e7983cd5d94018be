# Somebody starts the successor's instance by hand, as a primary, while its agent is down and the role is handed back.
# The agent finds it, and stops it before anything else (P7).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b cannot promote
at 2.0 kill instance a
at 2.1992 kill agent b for good
at 2.1993 cut b
at 3.0 instance b runs
at 4.0 start b
at 8.0 heal
lasts 30
must asking.handed_back_runs on b
must asking.handed_back on b
must primary a at 4
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
    2.199  -      kill                         agent b for good
    2.199  -      cut                          b
    2.202  a      round.accept                 seeking
    2.205  a      seeking.named                seeking -> asking
    2.205  a      asking.known_solo            asking
    2.205  a      asking.start_primary         asking -> starting
    2.292  a      instance                     up, primary, closed
    2.292  a      starting.up                  starting -> proving
    2.292  a      proving.open                 proving -> opening
    2.294  a      gate                         open
    2.294  a      opening.done                 opening -> primary
    3.000  -      instance                     b runs
    3.109  b      instance                     up, primary, closed
    4.000  -      start                        b
    4.000  b      recalling.done               recalling -> asking
    4.005  b      asking.handed_back_runs      asking -> deposing
    4.005  b      instance                     down
    4.035  b      deposing.proved              deposing -> asking
    4.035  b      asking.handed_back           asking -> consenting
    8.000  -      heal                         
    8.024  b      consenting.succeeded         consenting -> asking
    8.024  b      asking.round                 asking
    8.031  b      asking.seek                  asking -> seeking
    8.036  b      seeking.ask                  seeking
    8.037  b      seeking.start                seeking -> standby-starting
    8.112  b      instance                     up, standby
    8.113  b      standby_starting.up          standby-starting -> standby
    8.113  b      standby.open                 standby
    8.255  a      attach.tighten               primary
    8.455  a      attach.propose               primary
    8.458  a      attach.accept                primary
