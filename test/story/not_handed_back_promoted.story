# The successor is half promoted when its instance ends: the new history is there, and who knows who has written in it.
# It hands nothing back, though the primary before is ready, but goes on when it can.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b promotes halfway
at 1.0 instance b promotion lags 2
at 2.0 kill instance a
at 3.0 instance b cannot promote
at 3.0 kill instance b
at 12.0 instance b quiet
at 12.0 instance b can promote
lasts 40
must asking.unpromoted on b
must nobody at 10
must primary b at 20
must switchable at 40
never asking.hand_back on b
never seeking.return on a
never lost
never two acknowledging
expect
    1.000  -      instance                     b promotes halfway
    1.000  -      instance                     b promotion lags 2
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
    3.000  -      instance                     b cannot promote
    3.000  -      kill                         instance b
    3.000  b      standby.gone                 promoting -> deposing
    3.001  b      instance                     down
    3.030  b      deposing.proved              deposing -> asking
    3.030  b      asking.known_solo            asking
    3.030  b      asking.unpromoted            asking -> standby-starting
    3.114  b      instance                     up, standby
    3.114  b      standby_starting.up          standby-starting -> standby
    3.114  b      standby.named                standby -> promoting
    3.114  b      promoting.cut                promoting
    3.116  b      promoting.promote            promoting
    3.129  b      standby.gone                 promoting -> deposing
    3.130  b      instance                     down
    3.159  b      deposing.proved              deposing -> asking
    3.159  b      asking.known_solo            asking
    3.159  b      asking.unpromoted            asking -> standby-starting
    3.257  b      instance                     up, standby
    3.259  b      standby_starting.up          standby-starting -> standby
    3.259  b      standby.named                standby -> promoting
    3.259  b      promoting.cut                promoting
    3.261  b      promoting.promote            promoting
    3.273  b      standby.gone                 promoting -> deposing
    3.274  b      instance                     down
    3.303  b      deposing.proved              deposing -> asking
    3.303  b      asking.known_solo            asking
    4.303  b      asking.unpromoted            asking -> standby-starting
    4.404  b      instance                     up, standby
    4.405  b      standby_starting.up          standby-starting -> standby
    4.405  b      standby.named                standby -> promoting
    4.405  b      promoting.cut                promoting
    4.407  b      promoting.promote            promoting
    4.419  b      standby.gone                 promoting -> deposing
    4.421  b      instance                     down
    4.449  b      deposing.proved              deposing -> asking
    4.449  b      asking.known_solo            asking
    6.449  b      asking.unpromoted            asking -> standby-starting
    6.545  b      instance                     up, standby
    6.547  b      standby_starting.up          standby-starting -> standby
    6.547  b      standby.named                standby -> promoting
    6.547  b      promoting.cut                promoting
    6.549  b      promoting.promote            promoting
    6.561  b      standby.gone                 promoting -> deposing
    6.565  b      instance                     down
    6.591  b      deposing.proved              deposing -> asking
    6.591  b      asking.known_solo            asking
   10.591  b      asking.unpromoted            asking -> standby-starting
   10.691  b      instance                     up, standby
   10.693  b      standby_starting.up          standby-starting -> standby
   10.693  b      standby.named                standby -> promoting
   10.693  b      promoting.cut                promoting
   10.695  b      promoting.promote            promoting
   10.707  b      standby.gone                 promoting -> deposing
   10.708  b      instance                     down
   10.737  b      deposing.proved              deposing -> asking
   10.737  b      asking.known_solo            asking
   12.000  -      instance                     b quiet
   12.000  -      instance                     b can promote
   14.737  b      asking.unpromoted            asking -> standby-starting
   14.820  b      instance                     up, standby
   14.821  b      standby_starting.up          standby-starting -> standby
   14.821  b      standby.named                standby -> promoting
   14.821  b      promoting.cut                promoting
   14.823  b      promoting.promote            promoting
   16.893  b      instance                     promoted to timeline 3
   16.895  b      promoting.done               promoting -> proving
   16.895  b      proving.mark_fork            proving
   16.900  b      proving.timeline             proving
   16.903  b      round.accept                 proving
   16.907  b      proving.mark                 proving
   16.913  b      proving.open                 proving -> opening
   16.915  b      gate                         open
   16.915  b      opening.done                 opening -> primary
   16.915  a      seeking.ask                  seeking
   16.916  a      standby.take_chain           seeking
   16.921  a      seeking.start                seeking -> standby-starting
   16.981  a      instance                     up, standby
   16.983  a      standby_starting.up          standby-starting -> standby
   16.983  a      standby.open                 standby
   17.055  b      attach.tighten               primary
   17.255  b      attach.propose               primary
   17.258  b      attach.accept                primary
