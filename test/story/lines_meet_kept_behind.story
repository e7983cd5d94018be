# Two lines have met, and the operator keeps a standby that is far behind on its own line: beside the other line's end he is told what it lacks of its own (the replies in the
# narration; E5: who is kept is its line's primary, or loses what it shows).
servers a b c
arbiters w v
primary a
automatic on
rejoin copy
eligible 2
begins switchable
at 0.2 load on
at 1.0 cut b
at 1.0 kill host c
at 6.0 force b without a c w v
at 14.0 boot c
at 14.0 heal
at 14.3 cut wal a c
at 14.3 start c
at 16.0 kill host a
at 26.0 force c
at 27.0 force c without a
lasts 40
must primary c at 39
expect
    0.200  -      load                         on
    1.000  -      cut                          b
    1.000  -      kill                         host c
    1.000  c      instance                     down
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.063  a      detach.lost                  primary
    3.063  a      names.follow_record          primary
    3.067  a      round.accept                 primary
    3.083  a      names.follow_record          primary
    6.000  -      force                        b without a c w v
    6.000  b      force.begin                  standby -> forcing
    6.000  b      forcing.cut                  forcing
    6.000  b      reply                        ... 0: server "b" has WAL up to 0/30056E0; whether anything was acknowledged after that, nobody who is heard can tell
    6.002  b      forcing.propose              forcing
    6.003  b      forcing.accept               forcing
    6.004  b      forcing.named                forcing -> promoting
    6.004  b      promoting.promote            promoting
    6.005  -      parted                       epoch 4 of b, and of a
    6.057  b      instance                     promoted to timeline 2
    6.057  b      promoting.done               promoting -> proving
    6.057  b      proving.names                proving
    6.060  b      proving.mark                 proving
    6.065  b      proving.open                 proving -> opening
    6.067  b      opening.done                 opening -> primary
    6.255  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/30056E0
   14.000  -      boot                         c
   14.000  -      heal                         
   14.050  b      split.stops                  primary -> deposing
   14.052  a      split.stops                  primary -> deposing
   14.053  b      instance                     down
   14.055  b      deposing.proved              deposing -> asking
   14.055  a      instance                     down
   14.080  b      split.waits                  asking -> idle
   14.082  a      deposing.proved              deposing -> asking
   14.082  a      split.waits                  asking -> idle
   14.300  -      cut                          wal a c
   14.300  -      start                        c
   14.300  c      recalling.done               recalling -> asking
   14.312  c      asking.round                 asking
   14.316  c      split.waits                  asking -> idle
   16.000  -      kill                         host a
   26.000  -      force                        c
   26.000  c      force.begin                  idle -> forcing
   26.000  c      forcing.start                forcing
   26.000  c      reply                        ... 0: the line of server "b", epoch 4, with WAL up to 0/3005708, is what is given up
   26.000  c      reply                        ... 0: server "c" has WAL up to 0/30056E0; up to 0/304D620 is known to have been written: 294720 bytes at least would be lost
   26.065  c      instance                     up, standby
   26.066  c      forcing.cut                  forcing
   26.068  c      forcing.propose              forcing
   26.071  c      forcing.accept               forcing
   26.075  c      forcing.named                forcing -> promoting
   26.075  c      promoting.promote            promoting
   26.075  b      idle.wanted                  idle -> asking
   26.075  b      asking.round                 asking
   26.083  b      asking.seek                  asking -> seeking
   26.129  c      instance                     promoted to timeline 2
   26.130  c      promoting.done               promoting -> proving
   26.130  c      proving.mark                 proving
   26.135  c      proving.open                 proving -> opening
   26.137  c      gate                         open
   26.137  c      opening.done                 opening -> primary
   26.137  b      seeking.ask                  seeking
   26.138  c      reply                        0: server "c" is the primary by force since epoch 6, with WAL up to 0/30056E0
   26.305  b      seeking.rejoin               seeking -> rejoining
   27.000  -      force                        c without a
   27.000  c      reply                        3: refused "switch --force": the primary of the record answers: mc_ctl switch, or mc_ctl stop there first
   27.855  b      rejoining.done               rejoining -> asking
   27.855  b      asking.round                 asking
   27.862  b      asking.name_copy             asking
   27.867  b      asking.seek                  asking -> seeking
   27.867  b      seeking.ask                  seeking
   27.905  b      seeking.start                seeking -> standby-starting
   27.994  b      instance                     up, standby
   27.995  b      standby_starting.up          standby-starting -> standby
   27.995  b      standby.open                 standby
   28.105  c      attach.tighten               primary
   28.305  c      attach.propose               primary
   28.308  c      attach.accept                primary
