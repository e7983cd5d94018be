# A backend of a solo primary that goes on committing after its postmaster's end is acknowledged at once: all of
# that is there after the restart, because the stop is proved first.
servers a b
arbiters w
primary a
automatic on
begins solo
at 0.5 instance a calls
at 1.0 kill instance a
lasts 10
must failing.restart on a by 2
must primary a at 7
must outage below 0.5
never lost
expect
    0.500  -      instance                     a calls
    1.000  -      kill                         instance a
    1.000  a      primary.gone                 primary -> failing
    1.001  a      instance                     down
    1.030  a      failing.restart              failing -> asking
    1.030  a      asking.known_solo            asking
    1.030  a      asking.start_primary         asking -> starting
    1.130  a      instance                     up, primary, closed
    1.132  a      starting.up                  starting -> proving
    1.132  a      proving.open                 proving -> opening
    1.134  a      gate                         open
    1.134  a      opening.done                 opening -> primary
