# The primary is alone and cut off, and serves on: it needs nobody's leave (P1). An operator forces the standby, which was
# detached before. Both acknowledge until they meet; then the former primary learns of the line that his word began, and
# stops (E5). What it alone has is not taken away: it stays down until an operator gives it up, and then follows.
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
at 13.0 heal
at 18.0 rejoin a
lasts 30
must forcing.accept on b
must primary.deposed on a
must seeking.refused on a by 17
must seeking.rejoin on a
must primary b at 16
must switchable at 29
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
   13.000  -      heal                         
   13.051  a      primary.deposed              primary -> deposing
   13.052  a      instance                     down
   13.055  a      deposing.proved              deposing -> asking
   13.055  a      asking.round                 asking
   13.157  a      asking.seek                  asking -> seeking
   13.157  a      seeking.ask                  seeking
   13.158  a      seeking.refused              seeking -> staying-down
   18.000  -      rejoin                       a
   18.000  a      asking.round                 asking
   18.000  a      reply                        ... 0: server "a" has WAL of its own from 0/30059D8 to 0/3047478, which "b" does not have
   18.000  a      reply                        0: server "a" gives up what it has of its own, after that is saved, and becomes a standby of "b"
   18.007  a      asking.seek                  asking -> seeking
   18.007  a      seeking.ask                  seeking
   18.008  a      seeking.rejoin               seeking -> rejoining
   20.455  a      rejoining.done               rejoining -> asking
   20.455  a      asking.round                 asking
   20.462  a      asking.name_copy             asking
   20.467  a      asking.seek                  asking -> seeking
   20.467  a      seeking.ask                  seeking
   20.467  a      seeking.start                seeking -> standby-starting
   20.528  a      instance                     up, standby
   20.529  a      standby_starting.up          standby-starting -> standby
   20.529  a      standby.open                 standby
   20.655  b      attach.tighten               primary
   20.855  b      attach.propose               primary
   20.858  b      attach.accept                primary
