# A primary's disk loses its last WAL with the host, and is back within an interval. What the standby says first of its
# WAL is an observation old, and does not show that it is ahead: the primary waits for the next one, and hands over (P1).
servers a b
arbiters w
primary a
automatic on
begins switchable
seed 77
think 0.01 0.04
at 2.283532 kill host a
at 2.283532 lose wal of a 3
at 2.413806 boot a
at 2.413806 start a -f
must asking.ahead_handover on a by 3.5
never asking.ahead on a
must primary b at 6
never lost
lasts 8
expect
    2.283  -      kill                         host a
    2.283  a      instance                     down
    2.283  -      lose                         wal of a 3
    2.413  -      boot                         a
    2.413  -      start                        a -f
    2.413  a      recalling.done               recalling -> asking
    2.430  a      asking.round                 asking
    2.830  a      asking.ahead_handover        asking -> consenting
    2.831  b      claim.consent                standby -> claiming
    2.831  b      claiming.cut_early           claiming
    2.838  b      claiming.accept              claiming
    2.842  b      standby.named                claiming -> promoting
    2.842  b      promoting.promote            promoting
    2.842  a      consenting.succeeded         consenting -> asking
    2.842  a      asking.round                 asking
    2.850  a      asking.seek                  asking -> seeking
    2.914  b      instance                     promoted to timeline 2
    2.915  b      promoting.done               promoting -> proving
    2.915  b      proving.mark                 proving
    2.915  a      seeking.ask                  seeking
    2.920  b      proving.open                 proving -> opening
    2.922  b      opening.done                 opening -> primary
    3.415  a      standby.take_chain           seeking
    3.420  a      seeking.start                seeking -> standby-starting
    3.528  a      instance                     up, standby
    3.530  a      standby_starting.up          standby-starting -> standby
    3.530  a      standby.open                 standby
    3.655  b      attach.tighten               primary
    3.855  b      attach.propose               primary
    3.858  b      attach.accept                primary
