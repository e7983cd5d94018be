# An operator's switch, asked at the primary and then back, asked at the standby: what can be done before is done
# before, and the former primary is eligible again at the end of each.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 5.000 switch a
at 15.000 switch a
lasts 30
must primary b at 14
must switchable at 14
must primary a at 29
must switchable at 29
must outage below 0.5
never lost
never two acknowledging
expect
    5.000  -      switch                       a
    5.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    5.255  a      switch.stop                  primary -> leaving
    5.255  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    5.297  a      instance                     down, clean
    5.297  a      leaving.switch               leaving -> consenting
    5.297  b      claim.consent                standby -> claiming
    5.297  b      claiming.cut_early           claiming
    5.300  b      claiming.accept              claiming
    5.304  b      standby.named                claiming -> promoting
    5.304  b      promoting.promote            promoting
    5.304  a      consenting.succeeded         consenting -> asking
    5.304  a      asking.round                 asking
    5.311  a      asking.seek                  asking -> seeking
    5.384  b      instance                     promoted to timeline 2
    5.385  b      promoting.done               promoting -> proving
    5.385  b      proving.mark                 proving
    5.386  a      seeking.ask                  seeking
    5.390  b      proving.open                 proving -> opening
    5.392  b      opening.done                 opening -> primary
    5.886  a      standby.take_chain           seeking
    5.891  a      seeking.start                seeking -> standby-starting
    5.959  a      instance                     up, standby
    5.959  a      standby_starting.up          standby-starting -> standby
    5.959  a      standby.open                 standby
    6.055  b      attach.tighten               primary
    6.255  b      attach.propose               primary
    6.258  b      attach.accept                primary
    6.263  a      reply                        0: switched: server "b" is the primary since epoch 3, server "a" its standby
   15.000  -      switch                       a
   15.000  a      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   15.255  b      switch.stop                  primary -> leaving
   15.255  a      reply                        ... 0: switch to server "a": sessions end, the instance stops
   15.297  b      instance                     down, clean
   15.297  b      leaving.switch               leaving -> consenting
   15.297  a      claim.consent                standby -> claiming
   15.297  a      claiming.cut_early           claiming
   15.300  a      claiming.accept              claiming
   15.303  a      standby.named                claiming -> promoting
   15.303  a      promoting.promote            promoting
   15.303  b      consenting.succeeded         consenting -> asking
   15.303  b      asking.round                 asking
   15.310  b      asking.seek                  asking -> seeking
   15.377  a      instance                     promoted to timeline 3
   15.379  a      promoting.done               promoting -> proving
   15.379  a      proving.mark                 proving
   15.379  b      seeking.ask                  seeking
   15.384  a      proving.open                 proving -> opening
   15.386  a      opening.done                 opening -> primary
   15.879  b      standby.take_chain           seeking
   15.884  b      seeking.start                seeking -> standby-starting
   15.966  b      instance                     up, standby
   15.966  b      standby_starting.up          standby-starting -> standby
   15.966  b      standby.open                 standby
   16.055  a      attach.tighten               primary
   16.255  a      attach.propose               primary
   16.258  a      attach.accept                primary
   16.262  a      reply                        0: switched: server "a" is the primary since epoch 5, server "b" its standby
