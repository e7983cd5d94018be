# The whole host is frozen: a takeover; on waking it acknowledges nothing and is deposed.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 freeze host a
at 9.0 thaw a
lasts 18
must claim.silent on b by 4
must primary b at 5
must seeking.refused on a
never two acknowledging
expect
    1.000  -      freeze                       host a
    3.055  b      claim.silent                 standby -> claiming
    3.058  b      claiming.cut                 claiming
    3.064  b      claiming.accept              claiming
    3.068  b      standby.named                claiming -> promoting
    3.068  b      promoting.promote            promoting
    3.141  b      instance                     promoted to timeline 2
    3.142  b      promoting.done               promoting -> proving
    3.142  b      proving.mark                 proving
    3.147  b      proving.open                 proving -> opening
    3.149  b      gate                         open
    3.149  b      opening.done                 opening -> primary
    9.000  -      thaw                         a
    9.000  a      lease.out                    primary -> cutting
    9.002  a      instance                     down
    9.030  a      cutting.proved               cutting -> fenced
    9.030  a      cut.majority_back            fenced -> asking
    9.030  a      asking.round                 asking
    9.036  a      asking.seek                  asking -> seeking
    9.036  a      seeking.ask                  seeking
    9.037  a      seeking.refused              seeking -> staying-down
