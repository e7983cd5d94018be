# F1: the primary is cut off, and its standby may take over: not before the arbiter's fencing command has switched the host off.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 1.0 cut a
at 12.0 heal
at 12.1 boot a
at 12.5 start a -f
lasts 20
must fencing.begun on w by 4
must fencing.done on w by 4
must primary b at 9
never lost
never two acknowledging
expect
    0.100  -      load                         on
    1.000  -      cut                          a
    2.261  a      lease.out                    primary -> cutting
    2.264  a      instance                     down
    2.291  a      cutting.proved               cutting -> fenced
    2.291  a      cut.majority_back            fenced -> asking
    2.291  a      asking.round                 asking
    2.862  b      claim.silent                 standby -> claiming
    2.865  w      fencing.begun                monitor switch a
    3.265  w      fencing.done                 a
    3.467  b      claiming.cut                 claiming
    3.473  b      claiming.accept              claiming
    3.477  b      standby.named                claiming -> promoting
    3.477  b      promoting.promote            promoting
    3.532  b      instance                     promoted to timeline 2
    3.533  b      promoting.done               promoting -> proving
    3.533  b      proving.mark                 proving
    3.538  b      proving.open                 proving -> opening
    3.540  b      opening.done                 opening -> primary
   12.000  -      heal                         
   12.100  -      boot                         a
   12.500  -      start                        a -f
   12.500  a      recalling.done               recalling -> asking
   12.521  a      asking.round                 asking
   12.529  a      asking.seek                  asking -> seeking
   12.529  a      seeking.ask                  seeking
   12.531  a      seeking.refused              seeking -> staying-down
