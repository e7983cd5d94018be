# The instance crashes and cannot start again, as with a setting that is wrong. With an eligible standby nobody waits
# for attempts: it takes over. The former primary tries a bounded number of times as standby, and says so; so does the
# last one, alone, when the same happens to it.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance a cannot start
at 1.0 kill instance a
at 20.0 instance b cannot start
at 20.0 kill instance b
lasts 40
must failing.handover on a by 1.2
must primary b at 2
must seeking.given_up on a by 10
must failing.restart on b by 21
must asking.cannot_start on b by 30
must nobody at 40
never promoted a
never lost
expect
    1.000  -      instance                     a cannot start
    1.000  -      kill                         instance a
    1.000  a      primary.gone                 primary -> failing
    1.001  a      instance                     down
    1.030  a      failing.handover             failing -> consenting
    1.030  b      claim.consent                standby -> claiming
    1.030  b      claiming.cut_early           claiming
    1.033  b      claiming.accept              claiming
    1.037  b      standby.named                claiming -> promoting
    1.037  b      promoting.promote            promoting
    1.037  a      consenting.succeeded         consenting -> asking
    1.037  a      asking.round                 asking
    1.044  a      asking.seek                  asking -> seeking
    1.110  b      instance                     promoted to timeline 2
    1.110  b      promoting.done               promoting -> proving
    1.110  b      proving.mark                 proving
    1.111  a      seeking.ask                  seeking
    1.115  b      proving.open                 proving -> opening
    1.117  b      opening.done                 opening -> primary
    1.611  a      standby.take_chain           seeking
    1.616  a      seeking.start                seeking -> standby-starting
    1.626  a      standby_starting.failed      standby-starting -> deposing
    1.626  a      deposing.proved              deposing -> asking
    1.626  a      asking.round                 asking
    1.926  a      asking.seek                  asking -> seeking
    2.111  a      seeking.ask                  seeking
    2.111  a      seeking.start                seeking -> standby-starting
    2.121  a      standby_starting.failed      standby-starting -> deposing
    2.121  a      deposing.proved              deposing -> asking
    2.121  a      asking.round                 asking
    2.421  a      asking.seek                  asking -> seeking
    2.611  a      seeking.ask                  seeking
    2.611  a      seeking.start                seeking -> standby-starting
    2.621  a      standby_starting.failed      standby-starting -> deposing
    2.621  a      deposing.proved              deposing -> asking
    2.621  a      asking.round                 asking
    2.921  a      asking.seek                  asking -> seeking
    3.111  a      seeking.ask                  seeking
    3.111  a      seeking.given_up             seeking -> staying-down
   20.000  -      instance                     b cannot start
   20.000  -      kill                         instance b
   20.000  b      primary.gone                 primary -> failing
   20.001  b      instance                     down
   20.030  b      failing.restart              failing -> asking
   20.030  b      asking.known_solo            asking
   20.030  b      asking.start_primary         asking -> starting
   20.040  b      starting.failed              starting -> deposing
   20.040  b      deposing.proved              deposing -> asking
   20.040  b      asking.known_solo            asking
   20.340  b      asking.start_primary         asking -> starting
   20.350  b      starting.failed              starting -> deposing
   20.350  b      deposing.proved              deposing -> asking
   20.350  b      asking.known_solo            asking
   20.650  b      asking.start_primary         asking -> starting
   20.660  b      starting.failed              starting -> deposing
   20.660  b      deposing.proved              deposing -> asking
   20.660  b      asking.known_solo            asking
   20.960  b      asking.cannot_start          asking -> staying-down
