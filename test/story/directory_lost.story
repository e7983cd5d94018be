# The data directory of the primary is removed under it: it consents, the standby takes over.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 remove directory a
at 1.001 kill instance a
lasts 30
must primary b at 29
must asking.no_directory on a
never lost
never asking.seek on a
expect
    1.000  -      remove                       directory a
    1.001  -      kill                         instance a
    1.001  a      primary.gone                 primary -> failing
    1.003  a      instance                     down
    1.031  a      failing.handover             failing -> consenting
    1.031  b      claim.consent                standby -> claiming
    1.031  b      claiming.cut_early           claiming
    1.035  b      claiming.accept              claiming
    1.038  b      standby.named                claiming -> promoting
    1.038  b      promoting.promote            promoting
    1.039  a      consenting.succeeded         consenting -> asking
    1.039  a      asking.round                 asking
    1.046  a      asking.no_directory          asking -> idle
    1.099  b      instance                     promoted to timeline 2
    1.100  b      promoting.done               promoting -> proving
    1.100  b      proving.mark                 proving
    1.105  b      proving.open                 proving -> opening
    1.107  b      opening.done                 opening -> primary
