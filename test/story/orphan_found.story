# A new agent finds a backend that works on without its postmaster, and ends it before anything is started.
servers a b
arbiters w
primary a
automatic on
begins solo
at 0.5 instance a calls
at 1.0 kill agent a
at 1.01 kill instance a
lasts 8
must asking.gone on a by 1.4
must primary a at 4
never lost
expect
    0.500  -      instance                     a calls
    1.000  -      kill                         agent a
    1.010  -      kill                         instance a
    1.020  a      instance                     a backend works on
    1.120  a      monitor                      makes a new agent
    1.120  a      recalling.done               recalling -> asking
    1.125  a      asking.known_solo            asking
    1.125  a      asking.gone                  asking
    1.125  a      instance                     down
    1.155  a      asking.known_solo            asking
    1.155  a      asking.start_primary         asking -> starting
    1.262  a      instance                     up, primary, closed
    1.263  a      starting.up                  starting -> proving
    1.263  a      proving.open                 proving -> opening
    1.265  a      gate                         open
    1.265  a      opening.done                 opening -> primary
