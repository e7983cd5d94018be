# Everybody was down, and the record's primary has been started, closed, when all others are gone for good: it waits for a majority. An operator's force ends it, for it is to be cut and to
# show where its WAL ends, and then to open (E5).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill host a
at 1.0 kill host b
at 5.0 boot a
at 5.0 boot b
at 5.5 start a -f
at 5.5 start b -f
at 6.2 kill host b for good
at 6.2 kill host w for good
at 15.0 force a without b w
lasts 60
must force.ends_closed on a
must primary a at 30
never lost
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    1.000  -      kill                         host b
    1.000  b      instance                     down
    5.000  -      boot                         a
    5.000  -      boot                         b
    5.500  -      start                        a -f
    5.500  -      start                        b -f
    5.500  a      recalling.done               recalling -> asking
    5.500  b      recalling.done               recalling -> asking
    5.507  a      asking.round                 asking
    5.511  b      asking.round                 asking
    5.518  b      asking.start_standby         asking -> standby-starting
    5.623  b      instance                     up, standby
    5.624  b      standby_starting.up          standby-starting -> standby
    5.624  b      standby.open                 standby
    6.024  a      asking.start_primary         asking -> starting
    6.101  a      instance                     up, primary, closed
    6.102  a      starting.up                  starting -> proving
    6.102  a      proving.names                proving
    6.200  -      kill                         host b for good
    6.200  b      instance                     down
    6.200  -      kill                         host w for good
    8.105  a      detach.lost                  proving
   15.000  -      force                        a without b w
   15.000  a      force.ends_closed            proving -> deposing
   15.000  a      reply                        ... 0: server "a" has WAL up to 0/3005AA0; whether anything was acknowledged after that, nobody who is heard can tell
   15.002  a      instance                     down
   15.030  a      deposing.proved              deposing -> asking
   15.030  a      force.begin                  asking -> forcing
   15.030  a      forcing.start                forcing
   15.091  a      instance                     up, standby
   15.092  a      forcing.cut                  forcing
   15.094  a      forcing.propose              forcing
   15.095  a      forcing.accept               forcing
   15.097  a      forcing.named                forcing -> promoting
   15.097  a      promoting.promote            promoting
   15.177  a      instance                     promoted to timeline 2
   15.178  a      promoting.done               promoting -> proving
   15.178  a      proving.mark                 proving
   15.183  a      proving.open                 proving -> opening
   15.185  a      gate                         open
   15.185  a      opening.done                 opening -> primary
   15.305  a      reply                        0: server "a" is the primary by force since epoch 3, with WAL up to 0/3005AA0
