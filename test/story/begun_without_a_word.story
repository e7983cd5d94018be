# A cluster is begun, and its operator says nothing of automatic switch: it is off, and it is the same after the end.
servers a b
arbiters w
primary a
begins empty
at 0.1 start w
at 0.2 start b --mc-only
at 0.3 start a
at 5.0 enable a
lasts 12
must bootstrap.propose on a
must automatic off at 4
must solo at 4
must automatic on at 10
expect
    0.100  -      start                        w
    0.200  -      start                        b --mc-only
    0.300  -      start                        a
    0.502  b      recalling.done               recalling -> asking
    0.502  b      asking.round                 asking
    0.602  a      recalling.done               recalling -> asking
    0.602  a      asking.round                 asking
    0.605  a      bootstrap.name_directory     asking
    0.610  a      bootstrap.propose            asking
    0.613  a      round.accept                 asking
    0.617  a      asking.start_primary         asking -> starting
    0.696  a      instance                     up, primary, closed
    0.696  a      starting.up                  starting -> proving
    0.696  a      proving.mark                 proving
    0.701  a      proving.open                 proving -> opening
    0.703  a      gate                         open
    0.703  a      opening.done                 opening -> primary
    1.012  b      asking.not_wanted            asking -> idle
    5.000  -      enable                       a
    5.000  a      setting.change               primary
    5.002  a      round.accept                 primary
    5.008  a      reply                        0: automatic switch and disconnection is enabled
