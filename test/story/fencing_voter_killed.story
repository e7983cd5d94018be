# F2: the arbiter dies while its command runs, and the primary that was to be isolated is heard again: what it proposes is
# refused as before, and the takeover that was decided is completed; no second command is needed, for that one says that it is stopped.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 0.2 command of w hangs
at 1.0 cut a
at 5.0 kill agent w
at 5.2 cut a b
at 5.2 heal a w
at 7.0 command of w says truth
lasts 40
must fencing.begun on w by 4
must primary b at 35
never lost
never two acknowledging
expect
    0.100  -      load                         on
    0.200  -      command                      of w hangs
    1.000  -      cut                          a
    2.261  a      lease.out                    primary -> cutting
    2.264  a      instance                     down
    2.291  a      cutting.proved               cutting -> fenced
    2.291  a      cut.majority_back            fenced -> asking
    2.291  a      asking.round                 asking
    2.862  b      claim.silent                 standby -> claiming
    2.865  w      fencing.begun                monitor switch a
    5.000  -      kill                         agent w
    5.120  w      monitor                      makes a new agent
    5.200  -      cut                          a b
    5.200  -      heal                         a w
    5.265  b      claiming.failed              claiming -> standby
    5.288  b      claim.silent                 standby -> claiming
    5.289  b      claiming.failed              claiming -> standby
    5.788  b      claim.silent                 standby -> claiming
    5.789  b      claiming.failed              claiming -> standby
    6.288  b      claim.silent                 standby -> claiming
    6.289  b      claiming.failed              claiming -> standby
    6.788  b      claim.silent                 standby -> claiming
    6.789  b      claiming.failed              claiming -> standby
    7.000  -      command                      of w says truth
    7.288  b      claim.silent                 standby -> claiming
    7.291  b      claiming.cut                 claiming
    7.293  b      claiming.accept              claiming
    7.298  b      standby.named                claiming -> promoting
    7.298  b      promoting.promote            promoting
    7.361  b      instance                     promoted to timeline 2
    7.362  b      promoting.done               promoting -> proving
    7.362  b      proving.mark                 proving
    7.367  b      proving.open                 proving -> opening
    7.369  b      opening.done                 opening -> primary
    8.344  a      asking.seek                  asking -> seeking
