# The primary has lost WAL that its standby has. It is forced, and the force is given up while its instance starts: nothing is judged, and no word given, before that is over (P1, P7).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 3.0 kill host a
at 3.0 kill host b
at 3.0 kill host w
at 4.0 lose wal of a 40
at 5.0 boot a
at 5.0 boot b
at 5.0 boot w
at 5.5 start a
at 15.0 force a without b w
at 15.010 start w
at 15.030 start b
lasts 60
never lost
must forcing.left_named on a
must primary b at 40
expect
    0.200  -      load                         on
    3.000  -      kill                         host a
    3.000  a      instance                     down
    3.000  -      kill                         host b
    3.000  b      instance                     down
    3.000  -      kill                         host w
    4.000  -      lose                         wal of a 40
    5.000  -      boot                         a
    5.000  -      boot                         b
    5.000  -      boot                         w
    5.500  -      start                        a
    5.500  a      recalling.done               recalling -> asking
   15.000  -      force                        a without b w
   15.000  a      force.begin                  asking -> forcing
   15.000  a      forcing.start                forcing
   15.000  a      reply                        ... 0: server "a" has WAL up to 0/3010310; whether anything was acknowledged after that, nobody who is heard can tell
   15.010  -      start                        w
   15.021  a      forcing.left_named           forcing -> deposing
   15.021  a      deposing.proved              deposing -> asking
   15.021  a      asking.round                 asking
   15.021  a      reply                        1: refused "switch --force": nothing needs to be forced: this server takes over by itself
   15.024  a      instance                     down
   15.030  -      start                        b
   15.030  b      recalling.done               recalling -> asking
   15.036  b      asking.round                 asking
   15.042  b      asking.start_standby         asking -> standby-starting
   15.051  a      asking.round                 asking
   15.058  a      asking.ahead_handover        asking -> consenting
   15.106  b      instance                     up, standby
   15.108  b      standby_starting.up          standby-starting -> standby
   15.108  b      claim.consent                standby -> claiming
   15.108  b      claiming.cut_early           claiming
   15.111  b      claiming.accept              claiming
   15.115  b      standby.named                claiming -> promoting
   15.115  b      promoting.promote            promoting
   15.115  a      consenting.succeeded         consenting -> asking
   15.115  a      asking.round                 asking
   15.122  a      asking.seek                  asking -> seeking
   15.186  b      instance                     promoted to timeline 2
   15.188  b      promoting.done               promoting -> proving
   15.188  b      proving.mark                 proving
   15.193  b      proving.open                 proving -> opening
   15.195  b      gate                         open
   15.195  b      opening.done                 opening -> primary
   15.195  a      seeking.ask                  seeking
   15.196  a      standby.take_chain           seeking
   15.201  a      seeking.start                seeking -> standby-starting
   15.303  a      instance                     up, standby
   15.305  a      standby_starting.up          standby-starting -> standby
   15.305  a      standby.open                 standby
   15.505  b      attach.tighten               primary
   15.635  b      attach.propose               primary
   15.638  b      attach.accept                primary
