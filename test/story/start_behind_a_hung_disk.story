# A start is ordered and waits for a disk that hangs; the server is deposed and proved stopped: the start never runs.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill agent a for good
at 1.0 kill instance a
at 1.05 start a
at 1.5005 disk of a hangs
at 1.5005 disable a
at 1.52 cut agents a
at 4.5 heal
at 6.0 disk of a works
lasts 14
must primary b at 13
must primary.deposed on a
must standby.open on a
never lost
expect
    1.000  -      kill                         agent a for good
    1.000  -      kill                         instance a
    1.001  a      instance                     down
    1.050  -      start                        a
    1.050  a      recalling.done               recalling -> asking
    1.055  a      asking.round                 asking
    1.481  a      asking.start_primary         asking -> starting
    1.500  -      disk                         of a hangs
    1.500  -      disable                      a
    1.520  -      cut                          agents a
    1.551  a      instance                     up, primary, closed
    1.551  a      starting.up                  starting -> proving
    1.551  a      proving.names                proving
    1.551  a      setting.change               proving
    3.654  b      claim.silent                 standby -> claiming
    3.657  b      claiming.cut                 claiming
    3.663  b      claiming.accept              claiming
    3.666  b      standby.named                claiming -> promoting
    3.666  b      promoting.promote            promoting
    3.725  b      instance                     promoted to timeline 2
    3.725  b      promoting.done               promoting -> proving
    3.725  b      proving.mark                 proving
    3.730  b      proving.open                 proving -> opening
    3.732  b      opening.done                 opening -> primary
    4.500  -      heal                         
    4.500  a      primary.deposed              proving -> deposing
    4.500  b      setting.change               primary
    4.503  a      instance                     down
    4.504  b      round.accept                 primary
    4.530  a      deposing.proved              deposing -> asking
    4.657  a      asking.round                 asking
    6.000  -      disk                         of a works
    6.007  a      reply                        0: automatic switch and disconnection is disabled
    6.015  a      asking.seek                  asking -> seeking
    6.015  a      seeking.ask                  seeking
    6.016  a      standby.take_chain           seeking
    6.021  a      seeking.start                seeking -> standby-starting
    6.112  a      instance                     up, standby
    6.113  a      standby_starting.up          standby-starting -> standby
    6.113  a      standby.open                 standby
    6.515  a      standby.ask                  standby
