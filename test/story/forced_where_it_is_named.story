# Every host has failed, and of three voters only the primary's comes back. It has everything, and may not open: its standby may have
# taken over (P1). The operator knows that the others are gone for good, and stands in for them: nothing is decided, and nothing
# promoted, under the record that names this server already (P3, E5).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 3.0 kill host w
at 3.0 kill host b
at 3.01 kill host a
at 4.0 boot a
at 4.5 start a -f
at 12.0 force a for good
at 13.0 force a for good without b w
lasts 25
must nobody at 12.9
must primary a at 16
must forcing.named on a after 13
never lost
expect
    0.200  -      load                         on
    3.000  -      kill                         host w
    3.000  -      kill                         host b
    3.000  b      instance                     down
    3.010  -      kill                         host a
    3.010  a      instance                     down
    4.000  -      boot                         a
    4.500  -      start                        a -f
    4.500  a      recalling.done               recalling -> asking
   12.000  -      force                        a for good
   12.000  a      reply                        3: refused "recover --without": no primary serves: mc_ctl recover first, or mc_ctl switch --force; then this again
   13.000  -      force                        a for good without b w
   13.000  a      force.begin                  asking -> forcing
   13.000  a      forcing.start                forcing
   13.000  a      reply                        ... 0: server "a" has WAL up to 0/30109A0; whether anything was acknowledged after that, nobody who is heard can tell
   13.093  a      instance                     up, standby
   13.094  a      forcing.cut                  forcing
   13.096  a      forcing.propose              forcing
   13.097  a      forcing.accept               forcing
   13.099  a      forcing.named                forcing -> promoting
   13.099  a      promoting.promote            promoting
   13.154  a      instance                     promoted to timeline 2
   13.154  a      promoting.done               promoting -> proving
   13.154  a      proving.mark                 proving
   13.159  a      proving.open                 proving -> opening
   13.161  a      gate                         open
   13.161  a      opening.done                 opening -> primary
   13.305  a      reply                        0: server "a" is the primary by force since epoch 3, with WAL up to 0/30109A0
