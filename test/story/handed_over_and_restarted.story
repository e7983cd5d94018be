# Automatic off: the primary's word to hand over reaches its successor alone, which is cut off from the voters; its agent is killed. The next run must not serve under that epoch again, for it
# holds no lease, and the word is still there: it was written down (P7).
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
at 9.0 cut a w
at 12 heal b w
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
    6.470  -      kill                         agent a
    6.475  -      cut                          agents a b
    6.590  a      monitor                      makes a new agent
    6.590  a      recalling.done               recalling -> asking
    6.595  a      asking.handed_back           asking -> consenting
    7.449  b      claiming.failed              claiming -> standby
    7.449  b      standby.follow               standby
    7.592  b      claim.consent                standby -> claiming
    7.592  b      claiming.cut_early           claiming
    9.000  -      cut                          a w
    9.592  b      claiming.failed              claiming -> standby
    9.592  b      standby.follow               standby
   10.607  a      consenting.nobody_came       consenting
   12.000  -      heal                         b w
   12.100  b      claim.consent                standby -> claiming
   12.100  b      claiming.cut_early           claiming
   12.104  b      claiming.accept              claiming
   12.108  b      standby.named                claiming -> promoting
   12.108  b      promoting.promote            promoting
   12.179  b      instance                     promoted to timeline 2
   12.179  b      promoting.done               promoting -> proving
   12.179  b      proving.mark                 proving
   12.184  b      proving.open                 proving -> opening
   12.186  b      opening.done                 opening -> primary
   20.000  -      heal                         
   20.010  a      consenting.succeeded         consenting -> asking
   20.109  a      asking.round                 asking
   20.116  a      asking.seek                  asking -> seeking
   20.116  a      seeking.ask                  seeking
   20.116  a      standby.take_chain           seeking
   20.121  a      seeking.start                seeking -> standby-starting
   20.199  a      instance                     up, standby
   20.199  a      standby_starting.up          standby-starting -> standby
   20.199  a      standby.open                 standby
   20.405  b      attach.tighten               primary
   20.605  b      attach.propose               primary
   20.608  b      attach.accept                primary
