# The whole host of a former primary is put back by one write, the record that names its successor, and its file looks
# like its own. Its agent starts twice before anybody hears of it, and writes: the number of its writes has caught up.
# But another run wrote the one of which the arbiter has heard: their two votes are no majority for the record of
# before (E3).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 cut agents b w
at 2.0 kill instance a
at 2.0350 copy memory of a
at 2.0365 cut b -> a
at 3.0 kill host a
at 3.0 cut a
at 3.1 old memory of a unseen
at 3.2 boot a
at 3.3 start a
at 4.0 kill agent a for good
at 4.1 start a
at 9.0 heal a w
at 15.0 heal
lasts 30
must standby.named on b by 2.2
must opening.done on b by 2.5
must primary b at 14
must cut.memory_lost on a by 9.1
must recalling.done on a by 16
must switchable at 29
never opening.done on a
never two acknowledging
never lost
expect
    0.500  -      cut                          agents b w
    2.000  -      kill                         instance a
    2.000  a      primary.gone                 primary -> failing
    2.001  a      instance                     down
    2.030  a      failing.handover             failing -> consenting
    2.030  b      claim.consent                standby -> claiming
    2.030  b      claiming.cut_early           claiming
    2.034  b      claiming.accept              claiming
    2.035  -      copy                         memory of a
    2.036  -      cut                          b -> a
    2.037  b      standby.named                claiming -> promoting
    2.037  b      promoting.promote            promoting
    2.095  b      instance                     promoted to timeline 2
    2.097  b      promoting.done               promoting -> proving
    2.097  b      proving.mark                 proving
    2.102  b      proving.open                 proving -> opening
    2.104  b      opening.done                 opening -> primary
    3.000  -      kill                         host a
    3.000  -      cut                          a
    3.100  -      old                          memory of a unseen
    3.200  -      boot                         a
    3.300  -      start                        a
    3.300  a      recalling.done               recalling -> asking
    4.000  -      kill                         agent a for good
    4.100  -      start                        a
    9.000  -      heal                         a w
    9.026  a      asking.round                 asking
    9.026  a      cut.memory_lost              asking -> recalling
   15.000  -      heal                         
   15.029  a      recalling.done               recalling -> asking
   15.029  a      asking.round                 asking
   15.036  a      asking.seek                  asking -> seeking
   15.036  a      seeking.ask                  seeking
   15.037  a      standby.take_chain           seeking
   15.042  a      seeking.start                seeking -> standby-starting
   15.117  a      instance                     up, standby
   15.118  a      standby_starting.up          standby-starting -> standby
   15.118  a      standby.open                 standby
   15.305  b      attach.tighten               primary
   15.455  b      attach.propose               primary
   15.458  b      attach.accept                primary
