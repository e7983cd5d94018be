# An operator has forced the standby while primary and arbiter, whom he believed gone, went on without it on their own line: a
# majority of the voters. When all meet nobody acknowledges anything more. He keeps the line of the majority: the server that
# he had forced gives up what it has of its own, and follows (E5).
servers a b
arbiters w
primary a
automatic on
rejoin rewind
begins switchable
at 0.1 load on
at 2.0 cut b
at 8.0 force b without a w
at 14.0 heal
at 20.0 force a
lasts 40
must detach.lost on a
must split.stops on a by 15
must split.stops on b by 15
must forcing.propose on a
must nobody at 19
must primary a at 22
must switchable at 39
expect
    0.100  -      load                         on
    2.000  -      cut                          b
    3.862  b      claim.silent                 standby -> claiming
    4.055  a      detach.lost                  primary
    4.058  a      round.accept                 primary
    4.062  a      names.follow_record          primary
    4.862  b      claiming.failed              claiming -> standby
    8.000  -      force                        b without a w
    8.000  b      force.begin                  standby -> forcing
    8.000  b      forcing.cut                  forcing
    8.000  b      reply                        ... 0: server "b" has WAL up to 0/300B108; whether anything was acknowledged after that, nobody who is heard can tell
    8.002  b      forcing.propose              forcing
    8.003  b      forcing.accept               forcing
    8.005  b      forcing.named                forcing -> promoting
    8.005  b      promoting.promote            promoting
    8.006  -      parted                       epoch 3 of b, and of a
    8.082  b      instance                     promoted to timeline 2
    8.082  b      promoting.done               promoting -> proving
    8.082  b      proving.names                proving
    8.085  b      proving.mark                 proving
    8.090  b      proving.open                 proving -> opening
    8.092  b      opening.done                 opening -> primary
    8.255  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/300B108
   14.000  -      heal                         
   14.051  a      split.stops                  primary -> deposing
   14.051  b      split.stops                  primary -> deposing
   14.052  a      instance                     down
   14.054  b      instance                     down
   14.055  a      deposing.proved              deposing -> asking
   14.055  b      deposing.proved              deposing -> asking
   14.081  a      split.waits                  asking -> idle
   14.081  b      split.waits                  asking -> idle
   20.000  -      force                        a
   20.000  a      force.begin                  idle -> forcing
   20.000  a      forcing.start                forcing
   20.000  a      reply                        ... 0: the line of server "b", epoch 3, with WAL up to 0/300B130, is what is given up
   20.092  a      instance                     up, standby
   20.094  a      forcing.cut                  forcing
   20.096  a      forcing.propose              forcing
   20.114  a      forcing.accept               forcing
   20.118  a      forcing.named                forcing -> promoting
   20.118  a      promoting.promote            promoting
   20.118  b      idle.wanted                  idle -> asking
   20.118  b      asking.round                 asking
   20.125  b      asking.seek                  asking -> seeking
   20.174  a      instance                     promoted to timeline 2
   20.175  a      promoting.done               promoting -> proving
   20.175  a      proving.mark                 proving
   20.180  a      proving.open                 proving -> opening
   20.182  a      gate                         open
   20.182  a      opening.done                 opening -> primary
   20.182  b      seeking.ask                  seeking
   20.182  a      reply                        0: server "a" is the primary by force since epoch 4, with WAL up to 0/304D080
   20.255  b      seeking.rejoin               seeking -> rejoining
   21.255  b      rejoining.done               rejoining -> asking
   21.255  b      asking.round                 asking
   21.261  b      asking.name_copy             asking
   21.266  b      asking.seek                  asking -> seeking
   21.266  b      seeking.ask                  seeking
   21.267  b      seeking.start                seeking -> standby-starting
   21.359  b      instance                     up, standby
   21.359  b      standby_starting.up          standby-starting -> standby
   21.359  b      standby.open                 standby
   21.455  a      attach.tighten               primary
   21.655  a      attach.propose               primary
   21.658  a      attach.accept                primary
