# Two lines have met, and the agent of the server that the operator keeps dies while its instance shows where its WAL ends. Nothing
# is decided by that: the next run stops the instance, and waits for the operator like the one before (E5). Now he keeps the other.
servers a b
arbiters w
primary a
automatic on
rejoin rewind
begins switchable
at 2.0 cut b
at 8.0 force b without a w
at 14.0 heal
at 20.0 force a
at 20.09 kill agent a
at 30.0 force b
lasts 45
must split.unforced on a after 20
must down a at 25
must nobody at 29
must primary b at 32
must switchable at 44
expect
    2.000  -      cut                          b
    3.862  b      claim.silent                 standby -> claiming
    4.055  a      detach.lost                  primary
    4.058  a      round.accept                 primary
    4.062  a      names.follow_record          primary
    4.862  b      claiming.failed              claiming -> standby
    8.000  -      force                        b without a w
    8.000  b      force.begin                  standby -> forcing
    8.000  b      forcing.cut                  forcing
    8.000  b      reply                        ... 0: server "b" has WAL up to 0/300B270; whether anything was acknowledged after that, nobody who is heard can tell
    8.002  b      forcing.propose              forcing
    8.003  b      forcing.accept               forcing
    8.004  b      forcing.named                forcing -> promoting
    8.004  b      promoting.promote            promoting
    8.006  -      parted                       epoch 3 of b, and of a
    8.068  b      instance                     promoted to timeline 2
    8.070  b      promoting.done               promoting -> proving
    8.070  b      proving.names                proving
    8.073  b      proving.mark                 proving
    8.078  b      proving.open                 proving -> opening
    8.080  b      opening.done                 opening -> primary
    8.255  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/300B270
   14.000  -      heal                         
   14.051  a      split.stops                  primary -> deposing
   14.051  b      split.stops                  primary -> deposing
   14.053  b      instance                     down
   14.053  a      instance                     down
   14.055  a      deposing.proved              deposing -> asking
   14.055  b      deposing.proved              deposing -> asking
   14.081  a      split.waits                  asking -> idle
   14.081  b      split.waits                  asking -> idle
   20.000  -      force                        a
   20.000  a      force.begin                  idle -> forcing
   20.000  a      forcing.start                forcing
   20.000  a      reply                        ... 0: the line of server "b", epoch 3, with WAL up to 0/300B298, is what is given up
   20.076  a      instance                     up, standby
   20.078  a      forcing.cut                  forcing
   20.080  a      forcing.propose              forcing
   20.090  -      kill                         agent a
   20.210  a      monitor                      makes a new agent
   20.210  a      recalling.done               recalling -> asking
   20.215  a      split.unforced               asking -> deposing
   20.218  a      instance                     down
   20.245  a      deposing.proved              deposing -> asking
   20.245  a      split.waits                  asking -> idle
   30.000  -      force                        b
   30.000  b      force.begin                  idle -> forcing
   30.000  b      forcing.start                forcing
   30.000  b      reply                        ... 0: the line of server "a", epoch 3, with WAL up to 0/304CEA0, is what is given up
   30.070  b      instance                     up, standby
   30.072  b      forcing.cut                  forcing
   30.074  b      forcing.propose              forcing
   30.077  b      forcing.accept               forcing
   30.080  b      forcing.named                forcing -> promoting
   30.080  b      promoting.promote            promoting
   30.080  a      idle.wanted                  idle -> asking
   30.080  a      asking.round                 asking
   30.087  a      asking.seek                  asking -> seeking
   30.154  b      instance                     promoted to timeline 3
   30.156  b      promoting.done               promoting -> proving
   30.156  b      proving.mark                 proving
   30.161  b      proving.open                 proving -> opening
   30.163  b      gate                         open
   30.163  b      opening.done                 opening -> primary
   30.163  a      seeking.ask                  seeking
   30.163  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/300B298
   30.164  a      seeking.rejoin               seeking -> rejoining
   31.015  a      rejoining.done               rejoining -> asking
   31.015  a      asking.round                 asking
   31.021  a      asking.name_copy             asking
   31.026  a      asking.seek                  asking -> seeking
   31.026  a      seeking.ask                  seeking
   31.055  a      seeking.start                seeking -> standby-starting
   31.131  a      instance                     up, standby
   31.131  a      standby_starting.up          standby-starting -> standby
   31.131  a      standby.open                 standby
   31.255  b      attach.tighten               primary
   31.455  b      attach.propose               primary
   31.458  b      attach.accept                primary
