# Two eligible standbys, one of them has to acknowledge each commit. One dies: what only that one had acknowledged must
# be with the other before the record says that the other one alone suffices. Then it does: the primary dies, too.
servers a b c
arbiters w x
primary a
automatic on
eligible 2
quorum 1
begins switchable
at 1.9 instance b flush lags 0.3
at 2.0 kill host c
at 10.0 kill host a
lasts 25
must detach.tighten on a by 5
must primary b at 25
must outage below 5
never lost
never two acknowledging
expect
    1.900  -      instance                     b flush lags 0.3
    2.000  -      kill                         host c
    2.000  c      instance                     down
    4.055  a      detach.tighten               primary
    4.255  a      attach.propose               primary
    4.258  a      attach.accept                primary
   10.000  -      kill                         host a
   10.000  a      instance                     down
   12.055  b      claim.silent                 standby -> claiming
   12.059  b      claiming.cut                 claiming
   12.065  b      claiming.accept              claiming
   12.068  b      standby.named                claiming -> promoting
   12.068  b      promoting.promote            promoting
   12.131  b      instance                     promoted to timeline 2
   12.132  b      promoting.done               promoting -> proving
   12.132  b      proving.mark                 proving
   12.137  b      proving.open                 proving -> opening
   12.139  b      opening.done                 opening -> primary
