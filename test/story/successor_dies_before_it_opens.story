# The primary's instance dies, and its successor's host before the successor has opened. Nobody else is eligible, and
# who is silent hands nothing back: it may have opened. So nobody serves until that host is back; then it goes on where
# it was, and nothing is lost.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b promotion lags 5
at 2.0 kill instance a
at 2.6 kill host b
at 20.0 boot b
at 20.0 instance b promotion
at 20.0 start b
lasts 40
must failing.handover on a
must nobody at 19
must asking.unpromoted on b
must primary b at 30
must switchable at 40
never promoted a
never lost
never two acknowledging
expect
    1.000  -      instance                     b promotion lags 5
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
    2.600  -      kill                         host b
    2.600  b      instance                     down
   20.000  -      boot                         b
   20.000  -      instance                     b promotion
   20.000  -      start                        b
   20.000  b      recalling.done               recalling -> asking
   20.013  b      asking.round                 asking
   20.020  b      asking.unpromoted            asking -> standby-starting
   20.087  b      instance                     up, standby
   20.087  b      standby_starting.up          standby-starting -> standby
   20.087  b      standby.named                standby -> promoting
   20.087  b      promoting.cut                promoting
   20.089  b      promoting.promote            promoting
   20.164  b      instance                     promoted to timeline 2
   20.165  b      promoting.done               promoting -> proving
   20.165  b      proving.mark                 proving
   20.170  b      proving.open                 proving -> opening
   20.172  b      gate                         open
   20.172  b      opening.done                 opening -> primary
   20.173  a      seeking.ask                  seeking
   20.173  a      standby.take_chain           seeking
   20.178  a      seeking.start                seeking -> standby-starting
   20.283  a      instance                     up, standby
   20.284  a      standby_starting.up          standby-starting -> standby
   20.284  a      standby.open                 standby
   20.455  b      attach.tighten               primary
   20.605  b      attach.propose               primary
   20.608  b      attach.accept                primary
