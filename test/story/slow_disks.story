# Every state file takes 0.4 s to write: rounds are longer than the first patience of a proposer, and two servers
# that ask at once must still part (section 2).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 disk of a slow 0.4
at 1.0 disk of b slow 0.4
at 1.0 disk of w slow 0.4
at 2.0 kill host a
at 2.0 kill host b
at 3.0 boot a
at 3.0 boot b
at 4.0 start a
at 4.0 start b
lasts 40
must primary a at 35
never lost
expect
    1.000  -      disk                         of a slow 0.4
    1.000  -      disk                         of b slow 0.4
    1.000  -      disk                         of w slow 0.4
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host b
    2.000  b      instance                     down
    3.000  -      boot                         a
    3.000  -      boot                         b
    4.000  -      start                        a
    4.000  -      start                        b
    4.000  a      recalling.done               recalling -> asking
    4.000  b      recalling.done               recalling -> asking
    4.015  a      asking.round                 asking
    4.015  b      asking.round                 asking
    8.128  a      asking.start_primary         asking -> starting
    8.431  a      instance                     up, primary, closed
    8.433  a      starting.up                  starting -> proving
    8.433  a      proving.names                proving
    9.396  b      asking.start_standby         asking -> standby-starting
    9.782  b      instance                     up, standby
    9.784  b      standby_starting.up          standby-starting -> standby
    9.784  b      standby.open                 standby
    9.805  a      proving.open                 proving -> opening
    9.807  a      gate                         open
    9.807  a      opening.done                 opening -> primary
    9.807  a      setting.change               primary
   10.349  a      round.accept                 primary
   10.816  a      pending.resolve              primary
