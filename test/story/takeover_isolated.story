# The primary is cut from everybody: its lease runs out before the standby may open.
# Healed, it stays down: its last commits, acknowledged to nobody, are beyond the fork.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut a
at 8.0 heal
lasts 16
must lease.out on a by 3
must claim.silent on b by 4
must primary b at 5
must outage below 3
must seeking.refused on a
never lost
never two acknowledging
expect
    1.000  -      cut                          a
    2.261  a      lease.out                    primary -> cutting
    2.264  a      instance                     down
    2.291  a      cutting.proved               cutting -> fenced
    2.291  a      cut.majority_back            fenced -> asking
    2.291  a      asking.round                 asking
    2.862  b      claim.silent                 standby -> claiming
    2.865  b      claiming.cut                 claiming
    2.871  b      claiming.accept              claiming
    2.875  b      standby.named                claiming -> promoting
    2.875  b      promoting.promote            promoting
    2.948  b      instance                     promoted to timeline 2
    2.949  b      promoting.done               promoting -> proving
    2.949  b      proving.mark                 proving
    2.954  b      proving.open                 proving -> opening
    2.956  b      opening.done                 opening -> primary
    8.000  -      heal                         
    8.058  a      asking.seek                  asking -> seeking
    8.058  a      seeking.ask                  seeking
    8.058  a      seeking.refused              seeking -> staying-down
