# After a start the checkpointer takes its time to look at the names: until then a commit would wait for nobody.
# The proof is made before clients are admitted (P2).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 instance a checkpointer lags 0.8
at 1.0 kill host a
at 1.1 boot a
at 1.1 cut wal a b
at 1.15 start a
at 1.5 heal
lasts 12
must primary a at 8
never promoted b
never lost
expect
    0.500  -      instance                     a checkpointer lags 0.8
    1.000  -      kill                         host a
    1.000  a      instance                     down
    1.100  -      boot                         a
    1.100  -      cut                          wal a b
    1.150  -      start                        a
    1.150  a      recalling.done               recalling -> asking
    1.164  a      asking.round                 asking
    1.170  a      asking.start_primary         asking -> starting
    1.247  a      instance                     up, primary, closed
    1.248  a      starting.up                  starting -> proving
    1.248  a      proving.names                proving
    1.500  -      heal                         
    3.355  a      detach.lost                  proving
    3.357  a      round.accept                 proving
    3.360  a      proving.names                proving
    3.365  a      proving.open                 proving -> opening
    3.367  a      gate                         open
    3.367  a      opening.done                 opening -> primary
    3.367  b      standby.ask                  standby
    3.368  b      standby.follow               standby
    3.555  a      attach.tighten               primary
    3.867  b      standby.ask                  standby
    4.355  a      attach.propose               primary
    4.358  a      attach.accept                primary
