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
    5.055  a      switch.stop                  primary -> leaving
    5.055  c      reply                        ... 0: switch to server "c": sessions end, the instance stops
    5.097  a      instance                     down, clean
    5.097  a      leaving.switch               leaving -> consenting
    5.097  c      claim.consent                standby -> claiming
    5.097  c      claiming.cut_early           claiming
    5.098  b      position.asked               standby
    5.100  c      claiming.accept              claiming
    5.101  b      position.answer              standby
    5.104  c      standby.named                claiming -> promoting
    5.104  c      promoting.promote            promoting
    5.104  a      consenting.succeeded         consenting -> asking
    5.104  a      asking.round                 asking
    5.112  a      asking.seek                  asking -> seeking
    5.159  c      instance                     promoted to timeline 2
    5.159  c      promoting.done               promoting -> proving
    5.159  c      proving.mark                 proving
    5.159  b      standby.ask                  standby
    5.159  a      seeking.ask                  seeking
    5.164  c      proving.open                 proving -> opening
    5.166  c      opening.done                 opening -> primary
    5.659  b      standby.take_chain           standby
    5.659  a      standby.take_chain           seeking
    5.664  b      standby.follow               standby
    5.664  a      seeking.start                seeking -> standby-starting
    5.744  a      instance                     up, standby
    5.744  a      standby_starting.up          standby-starting -> standby
    5.744  a      standby.open                 standby
    5.855  c      attach.tighten               primary
    6.055  c      attach.propose               primary
    6.058  c      attach.accept                primary
    6.061  c      attach.tighten               primary
    6.159  a      standby.ask                  standby
    6.255  c      attach.propose               primary
    6.258  c      attach.accept                primary
    6.263  c      reply                        0: switched: server "c" is the primary since epoch 4, server "a" its standby
   20.000  -      switch                       b b
   20.000  -      switch                       c
   20.000  c      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   20.000  b      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   20.255  c      switch.stop                  primary -> leaving
   20.255  c      reply                        ... 0: switch to server "b": sessions end, the instance stops
   20.255  b      reply                        ... 0: switch to server "b": sessions end, the instance stops
   20.297  c      instance                     down, clean
   20.297  c      leaving.switch               leaving -> consenting
   20.297  b      claim.consent                standby -> claiming
   20.297  b      claiming.cut_early           claiming
   20.298  a      position.asked               standby
   20.300  b      claiming.accept              claiming
   20.302  a      position.answer              standby
   20.304  b      standby.named                claiming -> promoting
   20.304  b      promoting.promote            promoting
   20.304  c      consenting.succeeded         consenting -> asking
   20.304  c      asking.round                 asking
   20.311  c      asking.seek                  asking -> seeking
   20.370  b      instance                     promoted to timeline 3
   20.371  b      promoting.done               promoting -> proving
   20.371  b      proving.mark                 proving
   20.372  a      standby.ask                  standby
   20.372  c      seeking.ask                  seeking
   20.376  b      proving.open                 proving -> opening
   20.378  b      opening.done                 opening -> primary
   20.872  a      standby.take_chain           standby
   20.872  c      standby.take_chain           seeking
   20.877  a      standby.follow               standby
   20.877  c      seeking.start                seeking -> standby-starting
   20.973  c      instance                     up, standby
   20.973  c      standby_starting.up          standby-starting -> standby
   20.973  c      standby.open                 standby
   21.055  b      attach.tighten               primary
   21.255  b      attach.propose               primary
   21.258  b      attach.accept                primary
   21.261  b      attach.tighten               primary
   21.262  b      reply                        0: switched: server "b" is the primary since epoch 7, server "c" its standby
   21.262  c      reply                        0: switched: server "b" is the primary since epoch 7, server "c" its standby
   21.372  a      standby.ask                  standby
   21.455  b      attach.propose               primary
   21.458  b      attach.accept                primary
