# Every host is lost and comes back: the record says who opens, nothing is lost. Both were started without -f: automatic is off.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 2.0 kill host a
at 2.0 kill host b
at 2.0 kill host w
at 4.0 boot a
at 4.0 boot b
at 4.0 boot w
at 5.0 start b
at 7.0 start a
at 9.0 start w
lasts 22
must nobody at 5
must primary a at 20
must automatic off at 20
never lost
never two acknowledging
expect
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host b
    2.000  b      instance                     down
    2.000  -      kill                         host w
    4.000  -      boot                         a
    4.000  -      boot                         b
    4.000  -      boot                         w
    5.000  -      start                        b
    5.000  b      recalling.done               recalling -> asking
    7.000  -      start                        a
    7.000  a      recalling.done               recalling -> asking
    7.024  b      asking.round                 asking
    7.024  a      asking.round                 asking
    7.031  b      asking.start_standby         asking -> standby-starting
    7.100  b      instance                     up, standby
    7.102  b      standby_starting.up          standby-starting -> standby
    7.102  b      standby.open                 standby
    7.502  a      asking.start_primary         asking -> starting
    7.563  a      instance                     up, primary, closed
    7.564  a      starting.up                  starting -> proving
    7.564  a      proving.names                proving
    7.805  a      proving.open                 proving -> opening
    7.807  a      gate                         open
    7.807  a      opening.done                 opening -> primary
    7.807  a      setting.change               primary
    7.810  a      round.accept                 primary
    9.000  -      start                        w
