# The operator switches automatic off, and the agent dies when its own voter has accepted that and nobody else.
# Then the operator switches it on: that is answered only when the earlier change is decided, and undone.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 disk of b slow 0.4
at 0.5 disk of w slow 0.4
at 1.0 disable a
at 1.25 kill agent a
at 1.3 disk of b works
at 1.3 disk of w works
at 1.5 enable a
lasts 20
must setting.change on a after 1.5
must automatic on at 19
must switchable at 19
never promoted b
never lost
expect
    0.500  -      disk                         of b slow 0.4
    0.500  -      disk                         of w slow 0.4
    1.000  -      disable                      a
    1.000  a      setting.change               primary
    1.229  a      round.accept                 primary
    1.250  -      kill                         agent a
    1.300  -      disk                         of b works
    1.300  -      disk                         of w works
    1.370  a      monitor                      makes a new agent
    1.370  a      recalling.done               recalling -> asking
    1.386  a      asking.round                 asking
    1.500  -      enable                       a
    2.040  a      asking.primary_runs          asking -> proving
    2.040  a      proving.names                proving
    2.040  a      setting.change               proving
    2.175  a      proving.open                 proving -> opening
    2.177  a      opening.done                 opening -> primary
    2.496  a      round.accept                 primary
    2.704  a      reply                        0: automatic switch and disconnection is enabled
