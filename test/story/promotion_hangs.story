# The successor's promotion does not come to an end. After ten seconds it is killed, and the role handed back.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b promotion lags 100
at 2.0 kill instance a
at 20.0 instance b promotion
lasts 40
must promoting.in_vain on b
must asking.hand_back on b by 13
must primary a at 14
must switchable at 40
never promoted b
never lost
never two acknowledging
expect
    1.000  -      instance                     b promotion lags 100
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
    2.044  a      asking.seek                  asking -> seeking
   12.037  b      promoting.in_vain            promoting -> deposing
   12.040  b      instance                     down
   12.055  b      deposing.proved              deposing -> asking
   12.055  b      asking.known_solo            asking
   12.067  b      asking.hand_back             asking -> consenting
   12.068  a      seeking.return               seeking
   12.072  a      round.accept                 seeking
   12.075  a      seeking.named                seeking -> asking
   12.075  a      asking.known_solo            asking
   12.075  a      asking.start_primary         asking -> starting
   12.076  b      consenting.succeeded         consenting -> asking
   12.076  b      asking.round                 asking
   12.083  b      asking.seek                  asking -> seeking
   12.183  a      instance                     up, primary, closed
   12.184  a      starting.up                  starting -> proving
   12.184  a      proving.open                 proving -> opening
   12.186  a      gate                         open
   12.186  a      opening.done                 opening -> primary
   12.187  b      seeking.ask                  seeking
   12.187  b      seeking.start                seeking -> standby-starting
   12.253  b      instance                     up, standby
   12.253  b      standby_starting.up          standby-starting -> standby
   12.253  b      standby.open                 standby
   12.455  a      attach.tighten               primary
   12.655  a      attach.propose               primary
   12.658  a      attach.accept                primary
   20.000  -      instance                     b promotion
