# Two operators want two different standbys to be the primary, at the same moment. One of them is told that a switch is
# under way, and the roles change once. Then two want the same, at both servers: it is one switch, and both are told.
servers a b c
arbiters w
primary a
automatic on
eligible 2
quorum 2
begins switchable
at 5.000 switch b b
at 5.000 switch c c
at 20.000 switch b b
at 20.000 switch c
lasts 40
must primary c at 8
must primary c at 19
must primary b at 39
must switchable at 39
never lost
never two acknowledging
expect
    5.000  -      switch                       b b
    5.000  -      switch                       c c
    5.000  c      reply                        ... 0: switch to server "c": checkpoints on both sides first, nobody is cut off yet
    5.000  b      reply                        3: refused "switch": a stop or another switch is under way
    5.030  a      switch.stop                  primary -> leaving
    5.031  c      reply                        ... 0: switch to server "c": sessions end, the instance stops
    5.072  a      instance                     down, clean
    5.072  a      leaving.switch               leaving -> consenting
    5.073  c      claim.consent                standby -> claiming
    5.073  c      claiming.cut_early           claiming
    5.075  b      position.asked               standby
    5.076  c      claiming.accept              claiming
    5.078  b      position.answer              standby
    5.080  c      standby.named                claiming -> promoting
    5.080  c      promoting.promote            promoting
    5.080  a      consenting.succeeded         consenting -> asking
    5.080  a      asking.round                 asking
    5.087  a      asking.seek                  asking -> seeking
    5.134  c      instance                     promoted to timeline 2
    5.135  c      promoting.done               promoting -> proving
    5.135  c      proving.mark                 proving
    5.136  b      standby.ask                  standby
    5.136  a      seeking.ask                  seeking
    5.140  c      proving.open                 proving -> opening
    5.142  c      opening.done                 opening -> primary
    5.636  b      standby.take_chain           standby
    5.636  a      standby.take_chain           seeking
    5.641  b      standby.follow               standby
    5.641  a      seeking.start                seeking -> standby-starting
    5.655  c      attach.tighten               primary
    5.705  a      instance                     up, standby
    5.705  a      standby_starting.up          standby-starting -> standby
    5.705  a      standby.open                 standby
    5.855  c      attach.propose               primary
    5.858  c      attach.accept                primary
    5.861  c      attach.tighten               primary
    6.055  c      attach.propose               primary
    6.058  c      attach.accept                primary
    6.064  c      reply                        0: switched: server "c" is the primary since epoch 4, server "a" its standby
   20.000  -      switch                       b b
   20.000  -      switch                       c
   20.000  c      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   20.000  b      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   20.030  c      switch.stop                  primary -> leaving
   20.030  c      reply                        ... 0: switch to server "b": sessions end, the instance stops
   20.031  b      reply                        ... 0: switch to server "b": sessions end, the instance stops
   20.072  c      instance                     down, clean
   20.072  c      leaving.switch               leaving -> consenting
   20.073  b      claim.consent                standby -> claiming
   20.073  b      claiming.cut_early           claiming
   20.075  a      position.asked               standby
   20.076  b      claiming.accept              claiming
   20.078  a      position.answer              standby
   20.080  b      standby.named                claiming -> promoting
   20.080  b      promoting.promote            promoting
   20.080  c      consenting.succeeded         consenting -> asking
   20.080  c      asking.round                 asking
   20.088  c      asking.seek                  asking -> seeking
   20.151  b      instance                     promoted to timeline 3
   20.152  b      promoting.done               promoting -> proving
   20.152  b      proving.mark                 proving
   20.152  c      seeking.ask                  seeking
   20.152  a      standby.ask                  standby
   20.157  b      proving.open                 proving -> opening
   20.159  b      opening.done                 opening -> primary
   20.652  a      standby.take_chain           standby
   20.652  c      standby.take_chain           seeking
   20.657  a      standby.follow               standby
   20.657  c      seeking.start                seeking -> standby-starting
   20.742  c      instance                     up, standby
   20.743  c      standby_starting.up          standby-starting -> standby
   20.743  c      standby.open                 standby
   20.855  b      attach.tighten               primary
   21.055  b      attach.propose               primary
   21.058  b      attach.accept                primary
   21.061  b      attach.tighten               primary
   21.063  b      reply                        0: switched: server "b" is the primary since epoch 7, server "c" its standby
   21.063  c      reply                        0: switched: server "b" is the primary since epoch 7, server "c" its standby
   21.152  a      standby.ask                  standby
   21.255  b      attach.propose               primary
   21.258  b      attach.accept                primary
