# The arbiter restarts and knows no lease that it gave: it accepts no takeover before that would be out (P5).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut a b
at 2.6 cut a w
at 2.6 kill agent w
lasts 12
must lease.out on a by 4.5
must primary b at 8
never two acknowledging
never lost
expect
    1.000  -      cut                          a b
    2.600  -      cut                          a w
    2.600  -      kill                         agent w
    2.720  w      monitor                      makes a new agent
    2.957  b      claim.silent                 standby -> claiming
    2.958  b      claiming.failed              claiming -> standby
    3.055  a      detach.lost                  primary
    3.457  b      claim.silent                 standby -> claiming
    3.459  b      claiming.failed              claiming -> standby
    3.861  a      lease.out                    primary -> cutting
    3.864  a      instance                     down
    3.891  a      cutting.proved               cutting -> fenced
    3.891  a      cut.majority_back            fenced -> asking
    3.957  b      claim.silent                 standby -> claiming
    3.958  b      claiming.failed              claiming -> standby
    4.070  a      asking.round                 asking
    4.457  b      claim.silent                 standby -> claiming
    4.459  b      claiming.failed              claiming -> standby
    4.957  b      claim.silent                 standby -> claiming
    4.960  b      claiming.cut                 claiming
    4.962  b      claiming.accept              claiming
    4.966  b      standby.named                claiming -> promoting
    4.966  b      promoting.promote            promoting
    5.037  b      instance                     promoted to timeline 2
    5.038  b      promoting.done               promoting -> proving
    5.038  b      proving.mark                 proving
    5.043  b      proving.open                 proving -> opening
    5.045  b      opening.done                 opening -> primary
