# Everybody was down, and the record's primary has lost WAL that its standby has. It is forced, and the others come back before the record of that is accepted: the force is given up, and the
# instance runs as a standby. It is promoted, and judged by where its new timeline begins: it opens beside nobody who has more (P1).
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
at 15.060 start b
lasts 60
never lost
must forcing.left_named on a
must primary b at 40
must primary.ahead on a
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
   15.051  a      asking.round                 asking
   15.058  a      asking.unpromoted            asking -> standby-starting
   15.060  -      start                        b
   15.060  b      recalling.done               recalling -> asking
   15.070  b      asking.round                 asking
   15.120  a      instance                     up, standby
   15.120  a      standby_starting.up          standby-starting -> standby
   15.120  a      standby.named                standby -> promoting
   15.120  a      promoting.cut                promoting
   15.122  a      promoting.promote            promoting
   15.200  a      instance                     promoted to timeline 2
   15.202  a      promoting.done               promoting -> proving
   15.202  a      primary.ahead                proving -> failing
   15.206  a      instance                     down
   15.212  b      asking.start_standby         asking -> standby-starting
   15.232  a      failing.handover             failing -> consenting
   15.313  b      instance                     up, standby
   15.314  b      standby_starting.up          standby-starting -> standby
   15.314  b      claim.consent                standby -> claiming
   15.314  b      claiming.cut_early           claiming
   15.317  b      claiming.accept              claiming
   15.321  b      standby.named                claiming -> promoting
   15.321  b      promoting.promote            promoting
   15.321  a      consenting.succeeded         consenting -> asking
   15.321  a      asking.round                 asking
   15.328  a      asking.seek                  asking -> seeking
   15.398  b      instance                     promoted to timeline 2
   15.399  b      promoting.done               promoting -> proving
   15.399  b      proving.mark                 proving
   15.404  b      proving.open                 proving -> opening
   15.406  b      gate                         open
   15.406  b      opening.done                 opening -> primary
   15.406  a      seeking.ask                  seeking
   15.407  a      seeking.refused              seeking -> staying-down
