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
at 4.6 start b
at 4.6 start w
at 5.0 start a -f
lasts 20
must asking.ahead_handover on a
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
    4.600  -      start                        b
    4.600  -      start                        w
    4.600  b      recalling.done               recalling -> asking
    4.619  b      asking.round                 asking
    4.626  b      asking.start_standby         asking -> standby-starting
    4.722  b      instance                     up, standby
    4.724  b      standby_starting.up          standby-starting -> standby
    4.724  b      standby.open                 standby
    5.000  -      start                        a -f
    5.000  a      recalling.done               recalling -> asking
    5.010  a      asking.round                 asking
    5.429  a      asking.ahead_handover        asking -> consenting
    5.431  b      claim.consent                standby -> claiming
    5.431  b      claiming.cut_early           claiming
    5.435  b      claiming.accept              claiming
    5.439  b      standby.named                claiming -> promoting
    5.439  b      promoting.promote            promoting
    5.439  a      consenting.succeeded         consenting -> asking
    5.439  a      asking.round                 asking
    5.446  a      asking.seek                  asking -> seeking
    5.506  b      instance                     promoted to timeline 2
    5.508  b      promoting.done               promoting -> proving
    5.508  b      proving.mark                 proving
    5.508  a      seeking.ask                  seeking
    5.513  b      proving.open                 proving -> opening
    5.515  b      opening.done                 opening -> primary
    6.008  a      standby.take_chain           seeking
    6.013  a      seeking.start                seeking -> standby-starting
    6.075  a      instance                     up, standby
    6.075  a      standby_starting.up          standby-starting -> standby
    6.075  a      standby.open                 standby
    6.205  b      attach.tighten               primary
    6.405  b      attach.propose               primary
    6.408  b      attach.accept                primary
