# A solo primary's instance is restarted in place.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 kill instance a
lasts 8
must failing.restart on a by 1.3
must primary a at 3
never lost
expect
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
