# A primary that has consented is forced, and its instance does not start. Its eligible standby, which has not heard the word, and the arbiter come back after that: it is said again (P7).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 6.000 kill host b
at 6.000 kill host w
at 6.05 kill instance a
at 12.0 instance a cannot start
at 15.0 force a without b w
at 40.0 boot b
at 40.0 boot w
at 41.0 start w
at 41.0 start b
lasts 120
must force.begin on a
must primary b at 100
never lost
must down.consented on a
expect
    0.200  -      load                         on
    6.000  -      kill                         host b
    6.000  b      instance                     down
    6.000  -      kill                         host w
    6.050  -      kill                         instance a
    6.050  a      primary.gone                 primary -> failing
    6.052  a      instance                     down
    6.055  a      failing.handover             failing -> consenting
   12.000  -      instance                     a cannot start
   15.000  -      force                        a without b w
   15.000  a      force.begin                  consenting -> forcing
   15.000  a      forcing.start                forcing
   15.000  a      reply                        ... 0: server "a" has WAL up to 0/3021278; whether anything was acknowledged after that, nobody who is heard can tell
   15.310  a      forcing.start                forcing
   16.240  a      forcing.cannot_start         forcing -> staying-down
   16.255  a      down.consented               staying-down -> consenting
   16.255  a      reply                        1: refused "switch --force": the instance does not start here
   40.000  -      boot                         b
   40.000  -      boot                         w
   41.000  -      start                        w
   41.000  -      start                        b
   41.000  b      recalling.done               recalling -> asking
   41.022  b      asking.round                 asking
   41.029  b      asking.start_standby         asking -> standby-starting
   41.030  a      consenting.nobody_came       consenting
   41.050  a      round.accept                 consenting
   41.053  a      consenting.later_record      consenting -> asking
   41.053  a      asking.round                 asking
   41.060  a      asking.cannot_start_handover asking -> consenting
   41.102  b      instance                     up, standby
   41.102  b      standby_starting.up          standby-starting -> standby
   41.102  b      claim.consent                standby -> claiming
   41.102  b      claiming.cut_early           claiming
   41.106  b      claiming.accept              claiming
   41.110  b      standby.named                claiming -> promoting
   41.110  b      promoting.promote            promoting
   41.110  a      consenting.succeeded         consenting -> asking
   41.110  a      asking.round                 asking
   41.117  a      asking.seek                  asking -> seeking
   41.174  b      instance                     promoted to timeline 2
   41.176  b      promoting.done               promoting -> proving
   41.176  b      proving.mark                 proving
   41.181  b      proving.open                 proving -> opening
   41.183  b      gate                         open
   41.183  b      opening.done                 opening -> primary
   41.183  a      seeking.ask                  seeking
   41.184  a      seeking.refused              seeking -> staying-down
