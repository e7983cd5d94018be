# The instance of the server that an operator forces is killed while the arbiter's disk is slow. That it is gone is proved,
# it is started again, cut off from everybody, and the record says where its WAL ends.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 cut b
at 4.0 kill host a
at 4.5 heal b w
at 8.5 disk of w slow 0.8
at 9.0 force b
at 9.2 kill instance b
at 12.0 disk of w works
lasts 25
must forcing.lost on b
must deposing.proved on b by 10
must primary b at 20
never two acknowledging
expect
    0.200  -      load                         on
    1.000  -      cut                          b
    2.862  b      claim.silent                 standby -> claiming
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    3.862  b      claiming.failed              claiming -> standby
    4.000  -      kill                         host a
    4.000  a      instance                     down
    4.500  -      heal                         b w
    4.550  b      claim.silent                 standby -> claiming
    4.553  b      claiming.failed              claiming -> standby
    6.950  b      standby.missed               standby
    8.500  -      disk                         of w slow 0.8
    9.000  -      force                        b
    9.000  b      force.begin                  standby -> forcing
    9.000  b      forcing.cut                  forcing
    9.000  b      reply                        ... 0: server "b" has WAL up to 0/30059D8; whether anything was acknowledged after that, nobody who is heard can tell
    9.002  b      forcing.propose              forcing
    9.200  -      kill                         instance b
    9.200  b      forcing.lost                 forcing -> deposing
    9.201  b      instance                     down
    9.230  b      deposing.proved              deposing -> asking
    9.230  b      force.begin                  asking -> forcing
    9.230  b      forcing.start                forcing
    9.297  b      instance                     up, standby
    9.298  b      forcing.cut                  forcing
    9.468  b      forcing.accept               forcing
   10.106  b      forcing.propose              forcing
   11.657  b      forcing.named                forcing -> promoting
   11.657  b      promoting.promote            promoting
   11.737  b      instance                     promoted to timeline 2
   11.739  b      promoting.done               promoting -> proving
   11.739  b      proving.mark                 proving
   11.744  b      proving.open                 proving -> opening
   11.746  b      gate                         open
   11.746  b      opening.done                 opening -> primary
   11.747  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/30059D8
   12.000  -      disk                         of w works
