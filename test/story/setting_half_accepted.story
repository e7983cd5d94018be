# A change of automatic that only its proposer's own voter has accepted: the server is idle, and nothing but the wish itself
# asks what became of it. Without the rule the operator's word would wait for ever, and with it the takeover (seed 50010365).
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 kill host a
at 1.0 remove directory a
at 2.0 boot a
at 2.0 start a
at 5.0 enable a
at 5.004 cut a
at 6.0 heal
must setting.pending on a
must primary b at 12
never lost
lasts 13
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    1.000  -      remove                       directory a
    2.000  -      boot                         a
    2.000  -      start                        a
    2.000  a      recalling.done               recalling -> asking
    2.018  a      asking.round                 asking
    2.025  a      asking.no_directory          asking -> idle
    5.000  -      enable                       a
    5.000  a      setting.change               idle
    5.003  a      round.accept                 idle
    5.004  -      cut                          a
    6.000  -      heal                         
    6.017  a      setting.pending              idle
    6.023  a      down.directory_lost          idle -> consenting
    6.025  a      reply                        0: automatic switch and disconnection is enabled
    6.025  b      claim.consent                standby -> claiming
    6.025  b      claiming.cut_early           claiming
    6.029  b      claiming.accept              claiming
    6.032  b      standby.named                claiming -> promoting
    6.032  b      promoting.promote            promoting
    6.033  a      consenting.succeeded         consenting -> asking
    6.033  a      asking.round                 asking
    6.040  a      asking.no_directory          asking -> idle
    6.110  b      instance                     promoted to timeline 2
    6.111  b      promoting.done               promoting -> proving
    6.111  b      proving.mark                 proving
    6.116  b      proving.open                 proving -> opening
    6.118  b      opening.done                 opening -> primary
