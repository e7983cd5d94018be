# As handed_over_and_restarted, and the successor does not come: the next run takes the role back by a later record.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 0.2 load on
at 5.9 cut agents b w
at 6.000 switch a b
at 6.43 cut agents b -> a
at 6.47 kill agent a
at 6.475 cut agents a b
at 30 heal
lasts 50
must primary a at 20
must switchable at 50
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
    6.470  -      kill                         agent a
    6.475  -      cut                          agents a b
    6.590  a      monitor                      makes a new agent
    6.590  a      recalling.done               recalling -> asking
    6.595  a      asking.handed_back           asking -> consenting
    7.449  b      claiming.failed              claiming -> standby
    7.449  b      standby.follow               standby
    7.592  b      claim.consent                standby -> claiming
    7.592  b      claiming.cut_early           claiming
    9.592  b      claiming.failed              claiming -> standby
    9.592  b      standby.follow               standby
   10.607  a      consenting.nobody_came       consenting
   10.610  a      round.accept                 consenting
   10.614  a      consenting.later_record      consenting -> asking
   10.614  a      asking.round                 asking
   10.622  a      asking.start_primary         asking -> starting
   10.718  a      instance                     up, primary, closed
   10.720  a      starting.up                  starting -> proving
   10.720  a      proving.names                proving
   10.995  a      proving.open                 proving -> opening
   10.997  a      gate                         open
   10.997  a      opening.done                 opening -> primary
   11.595  a      detach.report                primary
   30.000  -      heal                         
