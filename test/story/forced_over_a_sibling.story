# The own voter of the primary alone has accepted its last change, and the others have chosen a takeover of the same epoch, which acknowledges. An operator takes them for dead, and forces
# the primary before: it goes past what its voter has accepted. What was chosen beside that it has never followed, so the two lines meet as a split, and nobody gives up the
# successor's commits unasked (E5).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 2.0 disable a
at 2.0035 cut agents a b
at 2.0035 cut agents a w
at 2.0035 cut wal a b
at 10.0 force a without b w
at 20.0 heal
lasts 40
must forcing.accept on a
must primary b at 9
must split.stops on a
must split.stops on b
must nobody at 40
never lost
expect
    0.200  -      load                         on
    2.000  -      disable                      a
    2.000  a      setting.change               primary
    2.003  a      round.accept                 primary
    2.003  -      cut                          agents a b
    2.003  -      cut                          agents a w
    2.003  -      cut                          wal a b
    3.015  a      pending.resolve              primary
    3.400  a      lease.out                    primary -> cutting
    3.401  a      instance                     down
    3.430  a      cutting.proved               cutting -> fenced
    3.430  a      cut.majority_back            fenced -> asking
    4.055  b      claim.silent                 standby -> claiming
    4.057  b      claiming.cut                 claiming
    4.063  b      claiming.accept              claiming
    4.067  b      standby.named                claiming -> promoting
    4.067  b      promoting.promote            promoting
    4.130  b      instance                     promoted to timeline 2
    4.131  b      promoting.done               promoting -> proving
    4.131  b      proving.mark                 proving
    4.136  b      proving.open                 proving -> opening
    4.138  b      opening.done                 opening -> primary
   10.000  -      force                        a without b w
   10.000  a      force.begin                  asking -> forcing
   10.000  a      forcing.start                forcing
   10.000  a      reply                        ... 0: server "a" has WAL up to 0/300B248; whether anything was acknowledged after that, nobody who is heard can tell
   10.063  a      instance                     up, standby
   10.064  a      forcing.cut                  forcing
   10.066  a      forcing.propose              forcing
   10.067  a      forcing.accept               forcing
   10.068  a      forcing.named                forcing -> promoting
   10.068  a      promoting.promote            promoting
   10.070  -      parted                       epoch 4 of a, and of b
   10.142  a      instance                     promoted to timeline 2
   10.144  a      promoting.done               promoting -> proving
   10.144  a      proving.mark                 proving
   10.149  a      proving.open                 proving -> opening
   10.151  a      gate                         open
   10.151  a      opening.done                 opening -> primary
   10.255  a      reply                        0: server "a" is the primary by force since epoch 4, with WAL up to 0/300B248
   20.000  -      heal                         
   20.051  a      split.stops                  primary -> deposing
   20.051  a      reply                        0: automatic switch and disconnection is disabled
   20.052  b      split.stops                  primary -> deposing
   20.052  b      instance                     down
   20.053  a      instance                     down
   20.055  a      deposing.proved              deposing -> asking
   20.055  b      deposing.proved              deposing -> asking
   20.081  a      split.waits                  asking -> idle
   20.082  b      split.waits                  asking -> idle
