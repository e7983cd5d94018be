# Clients give up waiting for the standby while its stream is cut. PostgreSQL tells them so with a warning: no
# acknowledgement. Others may read such a row from this primary, and it is lost with it: nothing that was acknowledged is.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.5 cut wal a b
at 1.6 cancel after 0.2
at 2.5 kill host a
lasts 20
must claim.silent on b
must primary b at 15
must outage below 5
never lost
never two acknowledging
expect
    1.500  -      cut                          wal a b
    1.600  -      cancel                       after 0.2
    2.500  -      kill                         host a
    2.500  a      instance                     down
    4.462  b      claim.silent                 standby -> claiming
    4.466  b      claiming.cut                 claiming
    4.472  b      claiming.accept              claiming
    4.475  b      standby.named                claiming -> promoting
    4.475  b      promoting.promote            promoting
    4.537  b      instance                     promoted to timeline 2
    4.537  b      promoting.done               promoting -> proving
    4.537  b      proving.mark                 proving
    4.542  b      proving.open                 proving -> opening
    4.544  b      opening.done                 opening -> primary
