# A primary dies; an operator forces one of the others, with the votes of both, and later the last one alone, for good. The first one
# comes back, and has slept over both lines: it was chosen by nobody since, and follows. Whoever serves goes on (E5).
servers a b c
primary a
automatic on
begins switchable
eligible 2
rejoin rewind
at 0.2 load on
at 0.5 stop b
at 0.5 stop c
at 2 kill host a
at 2.5 start b
at 2.5 start c
at 6 force b
at 9 kill host b
at 12 force c for good without a b
at 16 boot a
at 16.5 start a
at 20 boot b
at 20.5 start b
must primary c at 15
must primary c at 30
lasts 30
expect
    0.200  -      load                         on
    0.500  -      stop                         b
    0.500  -      stop                         c
    0.500  b      stop.standby                 standby -> standby-leaving
    0.500  c      stop.standby                 standby -> standby-leaving
    0.500  a      detach.leaving               primary
    0.503  a      round.accept                 primary
    0.507  a      detach.leaving               primary
    0.507  a      names.follow_record          primary
    0.507  b      stop.detached                standby-leaving -> stopping
    0.511  a      round.accept                 primary
    0.515  c      stop.detached                standby-leaving -> stopping
    0.534  a      names.follow_record          primary
    0.549  b      instance                     down, clean
    0.549  b      stop.nothing_runs            stopping -> gone
    0.549  b      reply                        0: agent of server "b" stopped
    0.549  b      agent                        exits
    0.557  c      instance                     down, clean
    0.557  c      stop.nothing_runs            stopping -> gone
    0.557  c      reply                        0: agent of server "c" stopped
    0.557  c      agent                        exits
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.500  -      start                        b
    2.500  -      start                        c
    2.500  b      recalling.done               recalling -> asking
    2.500  c      recalling.done               recalling -> asking
    2.511  c      asking.round                 asking
    2.511  b      asking.round                 asking
    2.519  c      asking.seek                  asking -> seeking
    2.540  b      asking.seek                  asking -> seeking
    6.000  -      force                        b
    6.000  b      force.begin                  seeking -> forcing
    6.000  b      forcing.start                forcing
    6.000  b      reply                        ... 0: server "b" has WAL up to 0/3002EE0; up to 0/3002FA8 is known to have been written: 200 bytes at least would be lost
    6.072  b      instance                     up, standby
    6.074  b      forcing.cut                  forcing
    6.076  b      forcing.propose              forcing
    6.080  b      forcing.accept               forcing
    6.083  b      forcing.named                forcing -> promoting
    6.083  b      promoting.promote            promoting
    6.154  b      instance                     promoted to timeline 2
    6.154  b      promoting.done               promoting -> proving
    6.154  b      proving.mark                 proving
    6.159  b      proving.open                 proving -> opening
    6.161  b      gate                         open
    6.161  b      opening.done                 opening -> primary
    6.162  c      seeking.ask                  seeking
    6.162  b      reply                        0: server "b" is the primary by force since epoch 6, with WAL up to 0/3002EE0
    6.162  c      seeking.refused              seeking -> staying-down
    9.000  -      kill                         host b
    9.000  b      instance                     down
   12.000  -      force                        c for good without a b
   12.000  c      force.begin                  staying-down -> forcing
   12.000  c      forcing.start                forcing
   12.000  c      reply                        ... 0: server "c" has gone its own way: whatever "b" has committed after 0/3002EE0 would be lost; its WAL is known up to 0/3014F78
   12.102  c      instance                     up, standby
   12.104  c      forcing.cut                  forcing
   12.106  c      forcing.propose              forcing
   12.107  c      forcing.accept               forcing
   12.108  c      forcing.named                forcing -> promoting
   12.108  c      promoting.promote            promoting
   12.170  c      instance                     promoted to timeline 2
   12.170  c      promoting.done               promoting -> proving
   12.170  c      proving.mark                 proving
   12.175  c      proving.open                 proving -> opening
   12.177  c      gate                         open
   12.177  c      opening.done                 opening -> primary
   12.305  c      reply                        0: server "c" is the primary by force since epoch 7, with WAL up to 0/3002FA8
   16.000  -      boot                         a
   16.500  -      start                        a
   16.500  a      recalling.done               recalling -> asking
   16.531  a      asking.round                 asking
   16.531  a      outside.stays_down           asking -> staying-down
   20.000  -      boot                         b
   20.500  -      start                        b
   20.500  b      recalling.done               recalling -> asking
   20.519  b      asking.round                 asking
   20.520  b      outside.stays_down           asking -> staying-down
