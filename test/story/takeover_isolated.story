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
    2.277  a      lease.out                    primary -> cutting
    2.279  a      instance                     down
    2.307  a      cutting.proved               cutting -> fenced
    2.307  a      cut.majority_back            fenced -> asking
    2.307  a      asking.round                 asking
    3.055  b      claim.silent                 standby -> claiming
    3.058  b      claiming.cut                 claiming
    3.064  b      claiming.accept              claiming
    3.068  b      standby.named                claiming -> promoting
    3.068  b      promoting.promote            promoting
    3.125  b      instance                     promoted to timeline 2
    3.127  b      promoting.done               promoting -> proving
    3.127  b      proving.mark                 proving
    3.132  b      proving.open                 proving -> opening
    3.134  b      gate                         open
    3.134  b      opening.done                 opening -> primary
    8.000  -      heal                         
   10.340  a      asking.seek                  asking -> seeking
   10.340  a      seeking.ask                  seeking
   10.341  a      seeking.refused              seeking -> staying-down
