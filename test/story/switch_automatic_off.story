# With automatic off a switch is an operator's word, and enough: the successor takes it up, and attaches the former primary again.
# A stop of the primary is none: nobody takes over, and the start afterwards is as before.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 5.000 switch b a
at 6.000 switch b b
at 15.000 stop b
at 20.000 start b
lasts 40
must primary b at 14
must switchable at 14
never claim.consent by 5
must nobody at 18
must primary b at 39
never lost
never two acknowledging
expect
    5.000  -      switch                       b a
    5.000  b      reply                        0: server "a" is the primary already
    6.000  -      switch                       b b
    6.000  b      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    6.205  a      switch.stop                  primary -> leaving
    6.205  b      reply                        ... 0: switch to server "b": sessions end, the instance stops
    6.247  a      instance                     down, clean
    6.247  a      leaving.switch               leaving -> consenting
    6.248  b      claim.consent                standby -> claiming
    6.248  b      claiming.cut_early           claiming
    6.252  b      claiming.accept              claiming
    6.256  b      standby.named                claiming -> promoting
    6.256  b      promoting.promote            promoting
    6.256  a      consenting.succeeded         consenting -> asking
    6.256  a      asking.round                 asking
    6.263  a      asking.seek                  asking -> seeking
    6.313  b      instance                     promoted to timeline 2
    6.313  b      promoting.done               promoting -> proving
    6.313  b      proving.mark                 proving
    6.314  a      seeking.ask                  seeking
    6.318  b      proving.open                 proving -> opening
    6.320  b      opening.done                 opening -> primary
    6.814  a      standby.take_chain           seeking
    6.819  a      seeking.start                seeking -> standby-starting
    6.901  a      instance                     up, standby
    6.903  a      standby_starting.up          standby-starting -> standby
    6.903  a      standby.open                 standby
    7.005  b      attach.tighten               primary
    7.205  b      attach.propose               primary
    7.208  b      attach.accept                primary
    7.213  b      reply                        0: switched: server "b" is the primary since epoch 4, server "a" its standby
   15.000  -      stop                         b
   15.000  b      stop.primary                 primary -> leaving
   15.042  b      instance                     down, clean
   15.042  b      leaving.done                 leaving -> gone
   15.042  b      reply                        0: agent of server "b" stopped
   15.042  b      agent                        exits
   20.000  -      start                        b
   20.000  b      recalling.done               recalling -> asking
   20.013  b      asking.round                 asking
   20.412  b      asking.start_primary         asking -> starting
   20.486  b      instance                     up, primary, closed
   20.486  b      starting.up                  starting -> proving
   20.486  b      proving.names                proving
   20.805  b      proving.open                 proving -> opening
   20.807  b      gate                         open
   20.807  b      opening.done                 opening -> primary
