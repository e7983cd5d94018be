# A handover, and the former primary's host dies for good. The successor opened alone: the former primary would have
# been attached when it came back, nobody waits for it.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 stop a
at 1.05 kill host a for good
lasts 30
must leaving.handover on a
must solo at 3
must primary b at 30
must outage below 1
never lost
never two acknowledging
expect
    1.000  -      stop                         a
    1.000  a      stop.primary                 primary -> leaving
    1.000  a      reply                        ... 0: server "b" takes over when this instance has stopped
    1.042  a      instance                     down, clean
    1.042  a      leaving.handover             leaving -> consenting
    1.042  b      claim.consent                standby -> claiming
    1.042  b      claiming.cut_early           claiming
    1.046  b      claiming.accept              claiming
    1.050  -      kill                         host a for good
    1.050  b      standby.named                claiming -> promoting
    1.050  b      promoting.promote            promoting
    1.122  b      instance                     promoted to timeline 2
    1.124  b      promoting.done               promoting -> proving
    1.124  b      proving.mark                 proving
    1.129  b      proving.open                 proving -> opening
    1.131  b      opening.done                 opening -> primary
