# A switch is asked at the standby, and the primary's agent is restarted while the checkpoints are made: it knows of no
# switch any more. The operator is told so, and the next wish is carried out as if there had been none.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 5.000 switch b
at 5.015 kill agent a
at 20.000 switch b
lasts 40
must primary a at 19
must switchable at 19
must primary b at 39
must switchable at 39
never lost
never two acknowledging
expect
    5.000  -      switch                       b
    5.000  b      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    5.015  -      kill                         agent a
    5.135  a      monitor                      makes a new agent
    5.135  a      recalling.done               recalling -> asking
    5.143  a      asking.round                 asking
    5.143  b      reply                        1: the switch to server "b" did not come about; server "a" is the primary as before
    5.149  a      asking.primary_runs          asking -> proving
    5.149  a      proving.names                proving
    5.340  a      proving.open                 proving -> opening
    5.342  a      opening.done                 opening -> primary
   20.000  -      switch                       b
   20.000  b      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   20.140  a      switch.stop                  primary -> leaving
   20.140  b      reply                        ... 0: switch to server "b": sessions end, the instance stops
   20.182  a      instance                     down, clean
   20.182  a      leaving.switch               leaving -> consenting
   20.182  b      claim.consent                standby -> claiming
   20.182  b      claiming.cut_early           claiming
   20.185  b      claiming.accept              claiming
   20.188  b      standby.named                claiming -> promoting
   20.188  b      promoting.promote            promoting
   20.189  a      consenting.succeeded         consenting -> asking
   20.189  a      asking.round                 asking
   20.195  a      asking.seek                  asking -> seeking
   20.251  b      instance                     promoted to timeline 2
   20.252  b      promoting.done               promoting -> proving
   20.252  b      proving.mark                 proving
   20.252  a      seeking.ask                  seeking
   20.257  b      proving.open                 proving -> opening
   20.259  b      opening.done                 opening -> primary
   20.752  a      standby.take_chain           seeking
   20.757  a      seeking.start                seeking -> standby-starting
   20.863  a      instance                     up, standby
   20.863  a      standby_starting.up          standby-starting -> standby
   20.863  a      standby.open                 standby
   21.055  b      attach.tighten               primary
   21.252  a      standby.ask                  standby
   21.255  b      attach.propose               primary
   21.259  b      attach.accept                primary
   21.263  b      reply                        0: switched: server "b" is the primary since epoch 3, server "a" its standby
