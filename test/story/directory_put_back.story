# An eligible standby's directory is replaced by an old copy of it while its instance is down: eligibility belongs to
# the directory, not to the server (D1). It is detached, and does not take over.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 copy directory b
at 2.0 kill host b
at 2.05 kill host a
at 3.0 put back directory b
at 3.1 boot b
at 3.2 start b
lasts 20
must nobody at 19
never promoted b
never lost
expect
    0.500  -      copy                         directory b
    2.000  -      kill                         host b
    2.000  b      instance                     down
    2.050  -      kill                         host a
    2.050  a      instance                     down
    3.000  -      put                          back directory b
    3.100  -      boot                         b
    3.200  -      start                        b
    3.200  b      recalling.done               recalling -> asking
    3.212  b      asking.round                 asking
    3.220  b      asking.name_copy             asking
    3.226  b      asking.seek                  asking -> seeking
