# b opens timeline 2 and dies before its promotion is done; the next one opens timeline 3. Its chain says where timeline 1
# ended, which is before timeline 3 began: what a still has of timeline 1 beyond that is told to be its own.
servers a b
arbiters w
primary a
automatic on
begins switchable
seed 701318
think 0.04 0.12
at 0.763281 instance b promotes halfway
at 0.763281 instance b promotion lags 3.548502
at 1.573621 freeze host a
at 6.516905 kill host b
at 20 thaw a
at 20 instance b quiet
at 20 instance b promotion lags 0
at 20 boot b
at 23 start b -f
must proving.mark_fork on b
must proving.timeline on b
must seeking.refused on a
must primary b at 29
never lost
never two acknowledging
lasts 30
expect
    0.763  -      instance                     b promotes halfway
    0.763  -      instance                     b promotion lags 3.548502
    1.573  -      freeze                       host a
    3.655  b      claim.silent                 standby -> claiming
    3.658  b      claiming.cut                 claiming
    3.664  b      claiming.accept              claiming
    3.668  b      standby.named                claiming -> promoting
    3.668  b      promoting.promote            promoting
    6.516  -      kill                         host b
    6.516  b      instance                     down
   20.000  -      thaw                         a
   20.000  -      instance                     b quiet
   20.000  -      instance                     b promotion lags 0
   20.000  -      boot                         b
   20.000  a      lease.out                    primary -> cutting
   20.003  a      instance                     down
   20.030  a      cutting.proved               cutting -> fenced
   20.030  a      cut.majority_back            fenced -> asking
   20.030  a      asking.round                 asking
   20.042  a      asking.seek                  asking -> seeking
   23.000  -      start                        b -f
   23.000  b      recalling.done               recalling -> asking
   23.004  b      asking.round                 asking
   23.010  b      asking.unpromoted            asking -> standby-starting
   23.114  b      instance                     up, standby
   23.115  b      standby_starting.up          standby-starting -> standby
   23.115  b      standby.named                standby -> promoting
   23.115  b      promoting.cut                promoting
   23.117  b      promoting.promote            promoting
   23.171  b      instance                     promoted to timeline 3
   23.173  b      promoting.done               promoting -> proving
   23.173  b      proving.mark_fork            proving
   23.178  b      proving.timeline             proving
   23.181  b      round.accept                 proving
   23.185  b      proving.mark                 proving
   23.192  b      proving.open                 proving -> opening
   23.194  b      gate                         open
   23.194  b      opening.done                 opening -> primary
   23.194  a      seeking.ask                  seeking
   23.195  a      seeking.refused              seeking -> staying-down
