# As in handed_back_put_back, and the arbiter hears nothing of the successor's new run, which hears the arbiter: that one would still believe the word of
# the run before. The successor opens when the arbiter has answered it (P1's exception), for then it does not.
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
at 3.008 cut agents b -> w
at 6.0 kill host b
at 6.1 heal a w
at 16.0 boot b
at 17.0 start b
at 18 heal
lasts 60
must switchable at 60
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
    3.008  -      cut                          agents b -> w
    3.008  b      asking.round                 asking
    6.000  -      kill                         host b
    6.100  -      heal                         a w
    6.153  a      round.accept                 seeking
    6.157  a      seeking.named                seeking -> asking
    6.157  a      asking.known_solo            asking
    6.157  a      asking.start_primary         asking -> starting
    6.264  a      instance                     up, primary, closed
    6.265  a      starting.up                  starting -> proving
    6.265  a      proving.open                 proving -> opening
    6.267  a      gate                         open
    6.267  a      opening.done                 opening -> primary
   16.000  -      boot                         b
   17.000  -      start                        b
   17.000  b      recalling.done               recalling -> asking
   18.000  -      heal                         
   18.038  b      asking.round                 asking
   18.044  b      asking.seek                  asking -> seeking
   18.044  b      seeking.ask                  seeking
   18.046  b      seeking.start                seeking -> standby-starting
   18.138  b      instance                     up, standby
   18.138  b      standby_starting.up          standby-starting -> standby
   18.138  b      standby.open                 standby
   18.255  a      attach.tighten               primary
   18.455  a      attach.propose               primary
   18.457  a      attach.accept                primary
