# Only the agent is frozen: it is silent, the arbiter hears nobody: a takeover. The instance still waits for b.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 freeze agent a
at 9.0 thaw a
lasts 18
must primary b at 5
must seeking.refused on a
never two acknowledging
never lost
expect
    1.000  -      freeze                       agent a
    2.862  b      claim.silent                 standby -> claiming
    2.865  b      claiming.cut                 claiming
    2.871  b      claiming.accept              claiming
    2.874  b      standby.named                claiming -> promoting
    2.874  b      promoting.promote            promoting
    2.951  b      instance                     promoted to timeline 2
    2.952  b      promoting.done               promoting -> proving
    2.952  b      proving.mark                 proving
    2.957  b      proving.open                 proving -> opening
    2.959  b      opening.done                 opening -> primary
    9.000  -      thaw                         a
    9.000  a      lease.out                    primary -> cutting
    9.000  a      instance                     down
    9.030  a      cutting.proved               cutting -> fenced
    9.030  a      cut.majority_back            fenced -> asking
    9.030  a      asking.round                 asking
    9.037  a      asking.seek                  asking -> seeking
    9.037  a      seeking.ask                  seeking
    9.037  a      seeking.refused              seeking -> staying-down
