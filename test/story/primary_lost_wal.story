# The primary's disk lied: after a total outage its WAL ends before what the standby has. It hands over (P1).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 2.0 kill host a
at 2.0 kill host b
at 2.0 kill host w
at 3.0 lose wal of a 5
at 4.0 boot a
at 4.0 boot b
at 4.0 boot w
at 5.0 start a -f
at 5.0 start b
at 5.0 start w
lasts 20
must primary b at 18
never lost
expect
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host b
    2.000  b      instance                     down
    2.000  -      kill                         host w
    3.000  -      lose                         wal of a 5
    4.000  -      boot                         a
    4.000  -      boot                         b
    4.000  -      boot                         w
    5.000  -      start                        a -f
    5.000  -      start                        b
    5.000  -      start                        w
    5.000  a      recalling.done               recalling -> asking
    5.000  b      recalling.done               recalling -> asking
    5.006  b      asking.round                 asking
    5.008  a      asking.round                 asking
    5.013  b      asking.start_standby         asking -> standby-starting
    5.020  a      asking.ahead_handover        asking -> consenting
    5.117  b      instance                     up, standby
    5.117  b      standby_starting.up          standby-starting -> standby
    5.117  b      claim.consent                standby -> claiming
    5.117  b      claiming.cut_early           claiming
    5.121  b      claiming.accept              claiming
    5.125  b      standby.named                claiming -> promoting
    5.125  b      promoting.promote            promoting
    5.125  a      consenting.succeeded         consenting -> asking
    5.125  a      asking.round                 asking
    5.182  b      instance                     promoted to timeline 2
    5.184  b      promoting.done               promoting -> proving
    5.184  b      proving.mark                 proving
    5.189  b      proving.open                 proving -> opening
    5.191  b      gate                         open
    5.191  b      opening.done                 opening -> primary
    5.347  a      asking.seek                  asking -> seeking
    5.347  a      seeking.ask                  seeking
    5.348  a      standby.take_chain           seeking
    5.353  a      seeking.start                seeking -> standby-starting
    5.430  a      instance                     up, standby
    5.431  a      standby_starting.up          standby-starting -> standby
    5.431  a      standby.open                 standby
    5.605  b      attach.tighten               primary
    5.805  b      attach.propose               primary
    5.808  b      attach.accept                primary
