# Automatic is off and the primary's host is gone: the operator's enable-failover at the standby is the way out.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 kill host a
at 4.0 enable b
lasts 12
must automatic on at 6
must primary b at 8
never lost
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    4.000  -      enable                       b
    4.000  b      setting.change               standby
    4.003  b      round.accept                 standby
    4.006  b      claim.silent                 standby -> claiming
    4.008  b      reply                        0: automatic switch and disconnection is enabled
    4.012  b      claiming.cut                 claiming
    4.018  b      claiming.accept              claiming
    4.022  b      standby.named                claiming -> promoting
    4.022  b      promoting.promote            promoting
    4.100  b      instance                     promoted to timeline 2
    4.101  b      promoting.done               promoting -> proving
    4.101  b      proving.mark                 proving
    4.106  b      proving.open                 proving -> opening
    4.108  b      opening.done                 opening -> primary
