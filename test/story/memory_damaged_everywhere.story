# Every state file is damaged: that nobody remembers anything is no first start. Which directory has every commit, nobody
# can tell any more, so none is opened.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill host a
at 1.0 kill host b
at 1.0 kill host w
at 2.0 damage memory of a
at 2.0 damage memory of b
at 2.0 damage memory of w
at 3.0 boot a
at 3.0 boot b
at 3.0 boot w
at 3.5 start w
at 3.5 start a -f
at 3.5 start b -f
lasts 12
must bootstrap.former_member on a by 6
must nobody at 12
never promoted b
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    1.000  -      kill                         host b
    1.000  b      instance                     down
    1.000  -      kill                         host w
    2.000  -      damage                       memory of a
    2.000  -      damage                       memory of b
    2.000  -      damage                       memory of w
    3.000  -      boot                         a
    3.000  -      boot                         b
    3.000  -      boot                         w
    3.500  -      start                        w
    3.500  -      start                        a -f
    3.500  -      start                        b -f
    3.803  b      recalling.done               recalling -> asking
    3.803  b      asking.round                 asking
    3.804  a      recalling.done               recalling -> asking
    3.804  a      asking.round                 asking
    3.904  a      bootstrap.former_member      asking -> staying-down
