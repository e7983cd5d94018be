# An operator has forced the standby while primary and arbiter, whom he believed gone, went on without it on their own line: a
# majority of the voters. When all meet nobody acknowledges anything more, and he keeps the line that he began: the arbiter
# goes over to it with a majority of the other line's voters, and the primary before gives up what it has of its own (E5).
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
at 20.0 force b
lasts 40
must detach.lost on a
must split.stops on a by 15
must split.stops on b by 15
must forcing.propose on b
must nobody at 19
must primary b at 22
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
   20.000  -      force                        b
   20.000  b      force.begin                  idle -> forcing
   20.000  b      forcing.start                forcing
   20.000  b      reply                        ... 0: the line of server "a", epoch 3, with WAL up to 0/304D080, is what is given up
   20.092  b      instance                     up, standby
   20.094  b      forcing.cut                  forcing
   20.096  b      forcing.propose              forcing
   20.100  b      forcing.accept               forcing
   20.102  b      forcing.named                forcing -> promoting
   20.102  b      promoting.promote            promoting
   20.103  a      idle.wanted                  idle -> asking
   20.103  a      asking.round                 asking
   20.109  a      asking.seek                  asking -> seeking
   20.168  b      instance                     promoted to timeline 3
   20.169  b      promoting.done               promoting -> proving
   20.169  b      proving.mark                 proving
   20.174  b      proving.open                 proving -> opening
   20.176  b      gate                         open
   20.176  b      opening.done                 opening -> primary
   20.177  a      seeking.ask                  seeking
   20.177  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/300B130
   20.177  a      seeking.rejoin               seeking -> rejoining
   22.255  a      rejoining.done               rejoining -> asking
   22.255  a      asking.round                 asking
   22.262  a      asking.name_copy             asking
   22.267  a      asking.seek                  asking -> seeking
   22.267  a      seeking.ask                  seeking
   22.267  a      seeking.start                seeking -> standby-starting
   22.375  a      instance                     up, standby
   22.375  a      standby_starting.up          standby-starting -> standby
   22.375  a      standby.open                 standby
   22.455  b      attach.tighten               primary
   22.655  b      attach.propose               primary
   22.658  b      attach.accept                primary
