# The successor hands back, and only the primary before hears it, which is cut off from the arbiter. Then the successor's
# host is put back to a copy of before, and starts: nobody whom it hears knows better, and it opens as one that is solo
# (P1's exception). When it is cut off in turn, the other's way to the arbiter is back. The word was of a run that the arbiter has heard
# the next one of since: it says nothing (P7).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 instance b cannot promote
at 2.0 kill instance a
at 2.1 copy memory of b
at 2.19 cut b w
at 2.19 cut a w
at 2.209 cut a
at 2.216 kill host b
at 2.22 old memory of b unseen
at 2.25 instance b can promote
at 2.3 heal b w
at 2.4 boot b
at 3.0 start b
at 6.0 cut b
at 6.1 heal a w
at 16.0 heal
lasts 40
must asking.hand_back on b
must seeking.return on a
must promoting.done on b
must primary b at 5
must primary b at 15
must switchable at 40
never lost
never two acknowledging
expect
    0.200  -      load                         on
    1.000  -      instance                     b cannot promote
    2.000  -      kill                         instance a
    2.000  a      primary.gone                 primary -> failing
    2.000  a      instance                     down
    2.030  a      failing.handover             failing -> consenting
    2.030  b      claim.consent                standby -> claiming
    2.030  b      claiming.cut_early           claiming
    2.033  b      claiming.accept              claiming
    2.037  b      standby.named                claiming -> promoting
    2.037  b      promoting.promote            promoting
    2.037  a      consenting.succeeded         consenting -> asking
    2.037  a      asking.round                 asking
    2.045  a      asking.seek                  asking -> seeking
    2.051  b      standby.gone                 promoting -> deposing
    2.053  b      instance                     down
    2.055  b      deposing.proved              deposing -> asking
    2.055  b      asking.known_solo            asking
    2.081  b      asking.unpromoted            asking -> standby-starting
    2.100  -      copy                         memory of b
    2.158  b      instance                     up, standby
    2.159  b      standby_starting.up          standby-starting -> standby
    2.159  b      standby.named                standby -> promoting
    2.159  b      promoting.cut                promoting
    2.161  b      promoting.promote            promoting
    2.174  b      standby.gone                 promoting -> deposing
    2.178  b      instance                     down
    2.190  -      cut                          b w
    2.190  -      cut                          a w
    2.204  b      deposing.proved              deposing -> asking
    2.204  b      asking.known_solo            asking
    2.204  b      asking.hand_back             asking -> consenting
    2.206  a      seeking.return               seeking
    2.209  -      cut                          a
    2.216  -      kill                         host b
    2.220  -      old                          memory of b unseen
    2.250  -      instance                     b can promote
    2.300  -      heal                         b w
    2.400  -      boot                         b
    3.000  -      start                        b
    3.000  b      recalling.done               recalling -> asking
    3.008  b      asking.round                 asking
    3.016  b      asking.unpromoted            asking -> standby-starting
    3.113  b      instance                     up, standby
    3.113  b      standby_starting.up          standby-starting -> standby
    3.113  b      standby.named                standby -> promoting
    3.113  b      promoting.cut                promoting
    3.115  b      promoting.promote            promoting
    3.168  b      instance                     promoted to timeline 2
    3.169  b      promoting.done               promoting -> proving
    3.169  b      proving.mark                 proving
    3.174  b      proving.open                 proving -> opening
    3.176  b      gate                         open
    3.176  b      opening.done                 opening -> primary
    6.000  -      cut                          b
    6.100  -      heal                         a w
   16.000  -      heal                         
   16.007  a      seeking.ask                  seeking
   16.007  a      standby.take_chain           seeking
   16.012  a      seeking.start                seeking -> standby-starting
   16.077  a      instance                     up, standby
   16.078  a      standby_starting.up          standby-starting -> standby
   16.078  a      standby.open                 standby
   16.255  b      attach.tighten               primary
   16.405  b      attach.propose               primary
   16.428  b      attach.accept                primary
