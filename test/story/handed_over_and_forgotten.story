# The same, and the next run has lost its memory: it is handed back by voters that have noted the new incarnation, and for whom the word of the old one is none (E3).
servers a b
arbiters w
primary a
automatic off
begins switchable
at 0.2 load on
at 5.9 cut agents b w
at 6.000 switch a b
at 6.43 cut agents b -> a
at 6.47 kill agent a for good
at 6.475 cut agents a b
at 6.5 damage memory of a
at 8.0 start a
at 8.3 heal a b
at 8.75 cut agents a b
at 12.0 cut a w
at 14 heal b w
at 20 heal
lasts 40
must switchable at 40
never lost
never two acknowledging
expect
    0.200  -      load                         on
    5.900  -      cut                          agents b w
    6.000  -      switch                       a b
    6.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    6.405  a      switch.stop                  primary -> leaving
    6.405  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    6.430  -      cut                          agents b -> a
    6.447  a      instance                     down, clean
    6.447  a      leaving.switch               leaving -> consenting
    6.449  b      claim.consent                standby -> claiming
    6.449  b      claiming.cut_early           claiming
    6.470  -      kill                         agent a for good
    6.475  -      cut                          agents a b
    6.500  -      damage                       memory of a
    7.449  b      claiming.failed              claiming -> standby
    7.449  b      standby.follow               standby
    7.592  b      claim.consent                standby -> claiming
    7.592  b      claiming.cut_early           claiming
    8.000  -      start                        a
    8.300  -      heal                         a b
    8.603  a      recalling.done               recalling -> asking
    8.603  a      asking.round                 asking
    8.609  a      asking.start_primary         asking -> starting
    8.694  a      instance                     up, primary, closed
    8.695  a      starting.up                  starting -> proving
    8.695  a      proving.names                proving
    8.750  -      cut                          agents a b
    9.592  b      claiming.failed              claiming -> standby
    9.592  b      standby.follow               standby
    9.605  a      proving.open                 proving -> opening
    9.607  a      gate                         open
    9.607  a      opening.done                 opening -> primary
    9.607  a      detach.report                primary
   12.000  -      cut                          a w
   14.000  -      heal                         b w
   20.000  -      heal                         
