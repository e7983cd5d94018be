# The record's primary alone is back after an outage of everything, is forced, and its instance dies on the way: what was not yet open answers nobody, and the word goes on.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 2.0 kill host a
at 2.0 kill host b
at 2.0 kill host w
at 5.0 boot a
at 5.5 start a
at 15.0 force a without b w
at 15.030 kill instance a
lasts 31
must primary a at 30
expect
    0.200  -      load                         on
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host b
    2.000  b      instance                     down
    2.000  -      kill                         host w
    5.000  -      boot                         a
    5.500  -      start                        a
    5.500  a      recalling.done               recalling -> asking
   15.000  -      force                        a without b w
   15.000  a      force.begin                  asking -> forcing
   15.000  a      forcing.start                forcing
   15.000  a      reply                        ... 0: server "a" has WAL up to 0/300B1A8; whether anything was acknowledged after that, nobody who is heard can tell
   15.030  -      kill                         instance a
   15.030  a      forcing.lost                 forcing -> deposing
   15.030  a      deposing.proved              deposing -> asking
   15.031  a      instance                     down
   15.060  a      force.begin                  asking -> forcing
   15.060  a      forcing.start                forcing
   15.122  a      instance                     up, standby
   15.124  a      forcing.cut                  forcing
   15.126  a      forcing.propose              forcing
   15.127  a      forcing.accept               forcing
   15.129  a      forcing.named                forcing -> promoting
   15.129  a      promoting.promote            promoting
   15.193  a      instance                     promoted to timeline 2
   15.194  a      promoting.done               promoting -> proving
   15.194  a      proving.mark                 proving
   15.199  a      proving.open                 proving -> opening
   15.201  a      gate                         open
   15.201  a      opening.done                 opening -> primary
   15.305  a      reply                        0: server "a" is the primary by force since epoch 3, with WAL up to 0/300B1A8
