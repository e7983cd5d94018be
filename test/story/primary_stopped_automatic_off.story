# Automatic is off: stopping the primary stops it.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 stop a
at 5.0 start a
lasts 14
must leaving.done on a
must nobody at 4
must primary a at 14
never promoted b
expect
    1.000  -      stop                         a
    1.000  a      stop.primary                 primary -> leaving
    1.042  a      instance                     down, clean
    1.042  a      leaving.done                 leaving -> gone
    1.042  a      reply                        0: agent of server "a" stopped
    1.042  a      agent                        exits
    5.000  -      start                        a
    5.000  a      recalling.done               recalling -> asking
    5.004  a      asking.round                 asking
    5.405  a      asking.start_primary         asking -> starting
    5.467  a      instance                     up, primary, closed
    5.469  a      starting.up                  starting -> proving
    5.469  a      proving.names                proving
    5.805  a      proving.open                 proving -> opening
    5.807  a      gate                         open
    5.807  a      opening.done                 opening -> primary
