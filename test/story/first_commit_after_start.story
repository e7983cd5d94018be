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
    1.500  -      heal                         
    1.564  a      asking.start_primary         asking -> starting
    1.628  a      instance                     up, primary, closed
    1.630  a      starting.up                  starting -> proving
    1.630  a      proving.names                proving
    3.755  a      detach.lost                  proving
    3.758  a      round.accept                 proving
    3.761  a      proving.names                proving
    3.765  a      proving.open                 proving -> opening
    3.767  a      gate                         open
    3.767  a      opening.done                 opening -> primary
    3.768  b      standby.ask                  standby
    3.768  b      standby.follow               standby
    3.955  a      attach.tighten               primary
    4.268  b      standby.ask                  standby
    4.755  a      attach.propose               primary
    4.758  a      attach.accept                primary
