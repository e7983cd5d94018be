# The successor's agent is killed right after its word was written down, and is cut off when it comes back, with an
# instance that could be promoted now. What was handed back stays handed back, in whatever run of the agent (P7): it
# does not open alone, and the primary before has opened again meanwhile.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b cannot promote
at 2.0 kill instance a
at 2.1992 kill agent b
at 2.1993 cut b
at 2.1994 instance b can promote
at 12.0 heal
lasts 25
must asking.hand_back on b
must asking.handed_back on b
must primary a at 4
must nobody at 2.2
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
    2.197  b      deposing.proved              deposing -> asking
    2.197  b      asking.known_solo            asking
    2.197  b      asking.hand_back             asking -> consenting
    2.198  a      seeking.return               seeking
    2.199  -      kill                         agent b
    2.199  -      cut                          b
    2.199  -      instance                     b can promote
    2.202  a      round.accept                 seeking
    2.205  a      seeking.named                seeking -> asking
    2.205  a      asking.known_solo            asking
    2.205  a      asking.start_primary         asking -> starting
    2.292  a      instance                     up, primary, closed
    2.292  a      starting.up                  starting -> proving
    2.292  a      proving.open                 proving -> opening
    2.294  a      gate                         open
    2.294  a      opening.done                 opening -> primary
    2.319  b      monitor                      makes a new agent
    2.319  b      recalling.done               recalling -> asking
    2.324  b      asking.handed_back           asking -> consenting
   12.000  -      heal                         
   12.034  b      consenting.nobody_came       consenting
   12.034  b      consenting.succeeded         consenting -> asking
   12.042  b      asking.seek                  asking -> seeking
   12.053  b      seeking.ask                  seeking
   12.054  b      seeking.start                seeking -> standby-starting
   12.132  b      instance                     up, standby
   12.134  b      standby_starting.up          standby-starting -> standby
   12.134  b      standby.open                 standby
   12.324  a      attach.tighten               primary
   12.455  a      attach.propose               primary
   12.458  a      attach.accept                primary
