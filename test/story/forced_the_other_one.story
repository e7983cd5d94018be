# The operator has forced the standby, and then finds that the former primary has what he needs: he stops the one and forces
# the other. Both have opened a second timeline, each its own: the one that loses now is made over from the one that is kept.
servers a b
arbiters w
primary a
automatic on
begins switchable
rejoin rewind
at 0.2 load on
at 1.0 cut b
at 4.0 cut a
at 4.5 heal b w
at 9.0 force b
at 12.0 stop b
at 14.0 heal
at 18.0 force a
at 22.0 start b -f
at 25.0 rejoin b
lasts 40
must primary b at 11
must primary a at 21
must switchable at 39
expect
    0.200  -      load                         on
    1.000  -      cut                          b
    2.862  b      claim.silent                 standby -> claiming
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    3.862  b      claiming.failed              claiming -> standby
    4.000  -      cut                          a
    4.500  -      heal                         b w
    4.550  b      claim.silent                 standby -> claiming
    4.552  b      claiming.failed              claiming -> standby
    6.950  b      standby.missed               standby
    9.000  -      force                        b
    9.000  b      force.begin                  standby -> forcing
    9.000  b      forcing.cut                  forcing
    9.000  b      reply                        ... 0: server "b" has WAL up to 0/30059D8; whether anything was acknowledged after that, nobody who is heard can tell
    9.002  b      forcing.propose              forcing
    9.005  b      forcing.accept               forcing
    9.008  b      forcing.named                forcing -> promoting
    9.008  b      promoting.promote            promoting
    9.075  b      instance                     promoted to timeline 2
    9.076  b      promoting.done               promoting -> proving
    9.076  b      proving.names                proving
    9.079  b      proving.mark                 proving
    9.084  b      proving.open                 proving -> opening
    9.086  b      opening.done                 opening -> primary
    9.086  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/30059D8
   12.000  -      stop                         b
   12.000  b      stop.primary                 primary -> leaving
   12.040  b      instance                     down, clean
   12.040  b      leaving.done                 leaving -> gone
   12.040  b      reply                        0: agent of server "b" stopped
   12.040  b      agent                        exits
   14.000  -      heal                         
   14.051  a      primary.deposed              primary -> deposing
   14.053  a      instance                     down
   14.055  a      deposing.proved              deposing -> asking
   14.055  a      asking.round                 asking
   14.160  a      asking.seek                  asking -> seeking
   18.000  -      force                        a
   18.000  a      force.begin                  seeking -> forcing
   18.000  a      forcing.start                forcing
   18.000  a      reply                        ... 0: server "a" has gone its own way: whatever "b" has committed after 0/30059D8 would be lost; its WAL is known up to 0/30059D8
   18.104  a      instance                     up, standby
   18.106  a      forcing.cut                  forcing
   18.108  a      forcing.propose              forcing
   18.111  a      forcing.accept               forcing
   18.116  a      forcing.named                forcing -> promoting
   18.116  a      promoting.promote            promoting
   18.170  a      instance                     promoted to timeline 2
   18.171  a      promoting.done               promoting -> proving
   18.171  a      proving.mark                 proving
   18.176  a      proving.open                 proving -> opening
   18.178  a      gate                         open
   18.178  a      opening.done                 opening -> primary
   18.179  a      reply                        0: server "a" is the primary by force since epoch 5, with WAL up to 0/304E0E8
   22.000  -      start                        b -f
   22.000  b      recalling.done               recalling -> asking
   22.005  b      asking.known_solo            asking
   22.005  b      asking.start_primary         asking -> starting
   22.034  b      primary.deposed_starting     starting -> deposing
   22.034  b      deposing.proved              deposing -> asking
   22.034  b      asking.round                 asking
   22.036  b      instance                     down
   22.193  b      asking.round                 asking
   22.200  b      asking.seek                  asking -> seeking
   22.200  b      seeking.ask                  seeking
   22.255  b      seeking.refused              seeking -> staying-down
   25.000  -      rejoin                       b
   25.000  b      asking.round                 asking
   25.000  b      reply                        ... 0: server "b" has WAL of its own from 0/30059D8 to 0/3005A28, which "a" does not have
   25.000  b      reply                        0: server "b" gives up what it has of its own, after that is saved, and becomes a standby of "a"
   25.006  b      asking.seek                  asking -> seeking
   25.006  b      seeking.ask                  seeking
   25.055  b      seeking.rejoin               seeking -> rejoining
   25.805  b      rejoining.done               rejoining -> asking
   25.805  b      asking.round                 asking
   25.811  b      asking.name_copy             asking
   25.816  b      asking.seek                  asking -> seeking
   25.816  b      seeking.ask                  seeking
   25.855  b      seeking.start                seeking -> standby-starting
   25.943  b      instance                     up, standby
   25.945  b      standby_starting.up          standby-starting -> standby
   25.945  b      standby.open                 standby
   26.055  a      attach.tighten               primary
   26.255  a      attach.propose               primary
   26.258  a      attach.accept                primary
