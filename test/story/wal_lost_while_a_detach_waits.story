# The primary has lost WAL. It is detaching its silent standby, and the round waits for a fencing command, when that one is heard again and streams: who has what is missing here is not detached (P1, P2).
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 2.0 cut b
at 2.0 kill host a
at 2.0 lose wal of a 40
at 3.0 boot a
at 3.0 start a -f
at 5.62 heal a b
at 12.0 heal
at 13.0 boot b
at 14.0 start b -f
lasts 30
must primary.ahead on a
must primary b at 29
never lost
expect
    0.100  -      load                         on
    2.000  -      cut                          b
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      lose                         wal of a 40
    3.000  -      boot                         a
    3.000  -      start                        a -f
    3.000  a      recalling.done               recalling -> asking
    3.007  a      asking.round                 asking
    3.862  b      claim.silent                 standby -> claiming
    4.862  b      claiming.failed              claiming -> standby
    5.005  a      asking.start_primary         asking -> starting
    5.075  a      instance                     up, primary, closed
    5.077  a      starting.up                  starting -> proving
    5.077  a      proving.names                proving
    5.605  a      detach.lost                  proving
    5.608  w      fencing.begun                monitor detach b
    5.620  -      heal                         a b
    6.005  a      primary.ahead                proving -> failing
    6.007  a      instance                     down
    6.008  b      instance                     down
    6.008  w      fencing.done                 b
    6.035  a      failing.handover             failing -> consenting
   12.000  -      heal                         
   13.000  -      boot                         b
   14.000  -      start                        b -f
   14.000  b      recalling.done               recalling -> asking
   14.009  b      asking.round                 asking
   14.017  b      asking.start_standby         asking -> standby-starting
   14.127  b      instance                     up, standby
   14.128  b      standby_starting.up          standby-starting -> standby
   14.128  b      standby.open                 standby
   14.129  b      claim.consent                standby -> claiming
   14.130  b      claiming.cut_early           claiming
   14.133  b      claiming.accept              claiming
   14.135  b      standby.named                claiming -> promoting
   14.135  b      promoting.promote            promoting
   14.136  a      consenting.succeeded         consenting -> asking
   14.136  a      asking.round                 asking
   14.143  a      asking.seek                  asking -> seeking
   14.207  b      instance                     promoted to timeline 2
   14.208  b      promoting.done               promoting -> proving
   14.208  b      proving.mark                 proving
   14.209  a      seeking.ask                  seeking
   14.213  b      proving.open                 proving -> opening
   14.215  b      opening.done                 opening -> primary
   14.709  a      standby.take_chain           seeking
   14.714  a      seeking.start                seeking -> standby-starting
   14.822  a      instance                     up, standby
   14.822  a      standby_starting.up          standby-starting -> standby
   14.822  a      standby.open                 standby
   15.005  b      attach.tighten               primary
   15.205  b      attach.propose               primary
   15.208  b      attach.accept                primary
   15.209  a      standby.ask                  standby
