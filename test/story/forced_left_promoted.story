# The same, and the standby comes when the primary has been promoted. Its WAL is of the timeline before, and reaches beyond where the new one begins: what is there was acknowledged, and the primary
# hands over (P1).
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
at 15.20 start b
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
   15.120  a      instance                     up, standby
   15.120  a      standby_starting.up          standby-starting -> standby
   15.120  a      standby.named                standby -> promoting
   15.120  a      promoting.cut                promoting
   15.122  a      promoting.promote            promoting
   15.175  a      instance                     promoted to timeline 2
   15.176  a      promoting.done               promoting -> proving
   15.176  a      proving.names                proving
   15.193  a      proving.timeline             proving
   15.196  a      round.accept                 proving
   15.200  -      start                        b
   15.200  b      recalling.done               recalling -> asking
   15.200  a      proving.mark                 proving
   15.207  a      primary.ahead                proving -> failing
   15.207  b      asking.round                 asking
   15.210  a      instance                     down
   15.237  a      failing.handover             failing -> consenting
   15.305  b      asking.start_standby         asking -> standby-starting
   15.411  b      instance                     up, standby
   15.413  b      standby_starting.up          standby-starting -> standby
   15.413  b      claim.consent                standby -> claiming
   15.413  b      claiming.cut_early           claiming
   15.417  b      claiming.accept              claiming
   15.421  b      standby.named                claiming -> promoting
   15.421  b      promoting.promote            promoting
   15.421  a      consenting.succeeded         consenting -> asking
   15.421  a      asking.round                 asking
   15.427  a      asking.seek                  asking -> seeking
   15.496  b      instance                     promoted to timeline 2
   15.496  b      promoting.done               promoting -> proving
   15.496  b      proving.mark                 proving
   15.501  b      proving.open                 proving -> opening
   15.503  b      gate                         open
   15.503  b      opening.done                 opening -> primary
   15.503  a      seeking.ask                  seeking
   15.504  a      seeking.refused              seeking -> staying-down
