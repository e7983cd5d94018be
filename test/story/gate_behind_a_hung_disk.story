# The gate is ordered and waits for a disk that hangs; the lease runs out first: the gate never opens.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill agent a for good
at 1.0 kill instance a
at 1.05 start a
at 1.254 disk of a hangs
at 1.254 disable a
at 1.3 cut agents a
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
    1.081  a      asking.start_primary         asking -> starting
    1.157  a      instance                     up, primary, closed
    1.157  a      starting.up                  starting -> proving
    1.157  a      proving.names                proving
    1.254  -      disk                         of a hangs
    1.254  -      disable                      a
    1.254  a      setting.change               proving
    1.255  a      proving.open                 proving -> opening
    1.300  -      cut                          agents a
    2.655  a      lease.out                    opening -> cutting
    2.658  a      instance                     down
    2.685  a      cutting.proved               cutting -> fenced
    2.685  a      cut.majority_back            fenced -> asking
    2.685  a      asking.round                 asking
    3.454  b      claim.silent                 standby -> claiming
    3.457  b      claiming.cut                 claiming
    3.459  b      claiming.accept              claiming
    3.463  b      standby.named                claiming -> promoting
    3.463  b      promoting.promote            promoting
    3.539  b      instance                     promoted to timeline 2
    3.540  b      promoting.done               promoting -> proving
    3.540  b      proving.mark                 proving
    3.545  b      proving.open                 proving -> opening
    3.547  b      opening.done                 opening -> primary
    5.000  -      disk                         of a works
    8.000  -      heal                         
    8.050  b      setting.change               primary
    8.058  a      asking.seek                  asking -> seeking
    8.058  a      seeking.ask                  seeking
    8.059  a      standby.take_chain           seeking
    8.061  b      round.accept                 primary
    8.066  a      seeking.start                seeking -> standby-starting
    8.066  a      reply                        0: automatic switch and disconnection is disabled
    8.156  a      instance                     up, standby
    8.158  a      standby_starting.up          standby-starting -> standby
    8.158  a      standby.open                 standby
    8.558  a      standby.ask                  standby
