# One of two eligible acknowledges each commit; the other is stopped, and asked for as much as before of the one that lacks something. Whoever takes over has what was acknowledged.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 2320
think 0.010000 0.040000
at 2.210479 cut wal a b
at 2.510479 stop c
at 2.782078 kill host a
lasts 12
never lost
expect
    2.210  -      cut                          wal a b
    2.510  -      stop                         c
    2.510  c      stop.standby                 standby -> standby-leaving
    2.510  a      detach.tighten               primary
    2.782  -      kill                         host a
    2.782  a      instance                     down
    4.710  b      claim.silent                 standby -> claiming
    4.713  b      claiming.cut                 claiming
    4.714  c      position.asked               standby-leaving
    4.720  c      position.answer              standby-leaving
    4.721  b      claiming.better              claiming -> standby
    4.721  b      standby.follow               standby
    6.721  b      claim.silent                 standby -> claiming
    6.725  b      claiming.cut                 claiming
    6.727  b      claiming.better              claiming -> standby
    6.727  b      standby.follow               standby
    8.727  b      claim.silent                 standby -> claiming
    8.730  b      claiming.cut                 claiming
    8.733  b      claiming.better              claiming -> standby
    8.733  b      standby.follow               standby
   10.733  b      claim.silent                 standby -> claiming
   10.736  b      claiming.cut                 claiming
   10.738  b      claiming.better              claiming -> standby
   10.738  b      standby.follow               standby
