# The successor hands back, and the one before proposes that; only its own voter accepts it. The successor's host is put back to a copy of before, and rebooted: it asks a full
# round (P1), else it opened on the word of an arbiter that the new record has passed by already. The one before finds its own proposal by a read, which carries no word.
servers a b
arbiters w
primary b
automatic on
begins switchable
at 0.2 load on
at 1.0 instance a cannot promote
at 2.0 kill instance b
at 2.1 copy memory of a
at 2.2142 cut b
at 2.2185 kill host a
at 2.23 old memory of a unseen
at 2.25 instance a can promote
at 2.4 boot a
at 3.0 start a
at 6.0 cut a
at 6.1 heal b w
at 9.0 kill agent b
at 16.0 heal
lasts 40
must switchable at 40
never lost
never two acknowledging
expect
    0.200  -      load                         on
    1.000  -      instance                     a cannot promote
    2.000  -      kill                         instance b
    2.000  b      primary.gone                 primary -> failing
    2.002  b      instance                     down
    2.030  b      failing.handover             failing -> consenting
    2.030  a      claim.consent                standby -> claiming
    2.030  a      claiming.cut_early           claiming
    2.034  a      claiming.accept              claiming
    2.037  a      standby.named                claiming -> promoting
    2.037  a      promoting.promote            promoting
    2.037  b      consenting.succeeded         consenting -> asking
    2.037  b      asking.round                 asking
    2.045  b      asking.seek                  asking -> seeking
    2.051  a      standby.gone                 promoting -> deposing
    2.053  a      instance                     down
    2.055  a      deposing.proved              deposing -> asking
    2.055  a      asking.known_solo            asking
    2.081  a      asking.unpromoted            asking -> standby-starting
    2.100  -      copy                         memory of a
    2.161  a      instance                     up, standby
    2.163  a      standby_starting.up          standby-starting -> standby
    2.163  a      standby.named                standby -> promoting
    2.163  a      promoting.cut                promoting
    2.165  a      promoting.promote            promoting
    2.177  a      standby.gone                 promoting -> deposing
    2.178  a      instance                     down
    2.207  a      deposing.proved              deposing -> asking
    2.207  a      asking.known_solo            asking
    2.207  a      asking.hand_back             asking -> consenting
    2.210  b      seeking.return               seeking
    2.213  b      round.accept                 seeking
    2.214  -      cut                          b
    2.218  -      kill                         host a
    2.230  -      old                          memory of a unseen
    2.250  -      instance                     a can promote
    2.400  -      boot                         a
    3.000  -      start                        a
    3.000  a      recalling.done               recalling -> asking
    3.015  a      asking.round                 asking
    3.029  a      asking.unpromoted            asking -> standby-starting
    3.131  a      instance                     up, standby
    3.132  a      standby_starting.up          standby-starting -> standby
    3.132  a      standby.named                standby -> promoting
    3.132  a      promoting.cut                promoting
    3.134  a      promoting.promote            promoting
    3.211  a      instance                     promoted to timeline 2
    3.212  a      promoting.done               promoting -> proving
    3.212  a      proving.mark                 proving
    3.217  a      proving.open                 proving -> opening
    3.219  a      gate                         open
    3.219  a      opening.done                 opening -> primary
    3.226  b      seeking.return               seeking
    6.000  -      cut                          a
    6.100  -      heal                         b w
    9.000  -      kill                         agent b
    9.120  b      monitor                      makes a new agent
    9.120  b      recalling.done               recalling -> asking
    9.126  b      asking.round                 asking
    9.134  b      asking.seek                  asking -> seeking
   16.000  -      heal                         
   16.027  b      seeking.ask                  seeking
   16.028  b      standby.take_chain           seeking
   16.033  b      seeking.start                seeking -> standby-starting
   16.106  b      instance                     up, standby
   16.107  b      standby_starting.up          standby-starting -> standby
   16.107  b      standby.open                 standby
   16.205  a      attach.tighten               primary
   16.405  a      attach.propose               primary
   16.414  a      attach.accept                primary
