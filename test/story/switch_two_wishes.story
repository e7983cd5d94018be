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
    5.074  b      position.asked               standby
    5.076  c      claiming.accept              claiming
    5.078  b      position.answer              standby
    5.080  c      standby.named                claiming -> promoting
    5.080  c      promoting.promote            promoting
    5.080  a      consenting.succeeded         consenting -> asking
    5.080  a      asking.round                 asking
    5.087  a      asking.seek                  asking -> seeking
    5.149  c      instance                     promoted to timeline 2
    5.149  c      promoting.done               promoting -> proving
    5.149  c      proving.mark                 proving
    5.149  b      standby.ask                  standby
    5.150  a      seeking.ask                  seeking
    5.154  c      proving.open                 proving -> opening
    5.156  c      opening.done                 opening -> primary
    5.649  b      standby.take_chain           standby
    5.650  a      standby.take_chain           seeking
    5.654  b      standby.follow               standby
    5.655  a      seeking.start                seeking -> standby-starting
    5.732  a      instance                     up, standby
    5.733  a      standby_starting.up          standby-starting -> standby
    5.733  a      standby.open                 standby
    5.855  c      attach.tighten               primary
    6.055  c      attach.propose               primary
    6.058  c      attach.accept                primary
    6.061  c      attach.tighten               primary
    6.150  a      standby.ask                  standby
    6.255  c      attach.propose               primary
    6.258  c      attach.accept                primary
    6.263  c      reply                        0: switched: server "c" is the primary since epoch 4, server "a" its standby
   20.000  -      switch                       b b
   20.000  -      switch                       c
   20.000  c      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   20.000  b      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   20.030  c      switch.stop                  primary -> leaving
   20.030  c      reply                        ... 0: switch to server "b": sessions end, the instance stops
   20.030  b      reply                        ... 0: switch to server "b": sessions end, the instance stops
   20.072  c      instance                     down, clean
   20.072  c      leaving.switch               leaving -> consenting
   20.073  b      claim.consent                standby -> claiming
   20.073  b      claiming.cut_early           claiming
   20.074  a      position.asked               standby
   20.076  b      claiming.accept              claiming
   20.078  a      position.answer              standby
   20.080  b      standby.named                claiming -> promoting
   20.080  b      promoting.promote            promoting
   20.080  c      consenting.succeeded         consenting -> asking
   20.080  c      asking.round                 asking
   20.088  c      asking.seek                  asking -> seeking
   20.154  b      instance                     promoted to timeline 3
   20.155  b      promoting.done               promoting -> proving
   20.155  b      proving.mark                 proving
   20.155  c      seeking.ask                  seeking
   20.155  a      standby.ask                  standby
   20.160  b      proving.open                 proving -> opening
   20.162  b      opening.done                 opening -> primary
   20.655  c      standby.take_chain           seeking
   20.655  a      standby.take_chain           standby
   20.660  c      seeking.start                seeking -> standby-starting
   20.660  a      standby.follow               standby
   20.758  c      instance                     up, standby
   20.760  c      standby_starting.up          standby-starting -> standby
   20.760  c      standby.open                 standby
   20.855  b      attach.tighten               primary
   21.055  b      attach.propose               primary
   21.058  b      attach.accept                primary
   21.062  b      attach.tighten               primary
   21.064  c      reply                        0: switched: server "b" is the primary since epoch 7, server "c" its standby
   21.064  b      reply                        0: switched: server "b" is the primary since epoch 7, server "c" its standby
   21.155  a      standby.ask                  standby
   21.255  b      attach.propose               primary
   21.258  b      attach.accept                primary
