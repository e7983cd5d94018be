# The gate is ordered and waits for a disk that hangs; the lease runs out first: the gate never opens.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill agent a for good
at 1.0 kill instance a
at 1.05 start a
at 1.654 disk of a hangs
at 1.654 disable a
at 1.7 cut agents a
at 5.0 disk of a works
at 8.0 heal
lasts 14
never lost
expect
    1.000  -      kill                         agent a for good
    1.000  -      kill                         instance a
    1.001  a      instance                     down
    1.050  -      start                        a
    1.050  a      recalling.done               recalling -> asking
    1.055  a      asking.round                 asking
    1.481  a      asking.start_primary         asking -> starting
    1.551  a      instance                     up, primary, closed
    1.551  a      starting.up                  starting -> proving
    1.551  a      proving.names                proving
    1.654  -      disk                         of a hangs
    1.654  -      disable                      a
    1.654  a      setting.change               proving
    1.655  a      proving.open                 proving -> opening
    1.700  -      cut                          agents a
    3.055  a      lease.out                    opening -> cutting
    3.057  a      instance                     down
    3.085  a      cutting.proved               cutting -> fenced
    3.085  a      cut.majority_back            fenced -> asking
    3.085  a      asking.round                 asking
    3.854  b      claim.silent                 standby -> claiming
    3.858  b      claiming.cut                 claiming
    3.860  b      claiming.accept              claiming
    3.863  b      standby.named                claiming -> promoting
    3.863  b      promoting.promote            promoting
    3.929  b      instance                     promoted to timeline 2
    3.931  b      promoting.done               promoting -> proving
    3.931  b      proving.mark                 proving
    3.936  b      proving.open                 proving -> opening
    3.938  b      opening.done                 opening -> primary
    5.000  -      disk                         of a works
    8.000  -      heal                         
    8.051  b      setting.change               primary
    8.059  b      round.accept                 primary
    8.064  a      reply                        0: automatic switch and disconnection is disabled
    8.926  a      asking.round                 asking
    8.933  a      asking.seek                  asking -> seeking
    8.933  a      seeking.ask                  seeking
    8.934  a      standby.take_chain           seeking
    8.939  a      seeking.start                seeking -> standby-starting
    9.025  a      instance                     up, standby
    9.025  a      standby_starting.up          standby-starting -> standby
    9.025  a      standby.open                 standby
    9.433  a      standby.ask                  standby
