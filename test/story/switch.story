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
    5.030  a      switch.stop                  primary -> leaving
    5.030  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    5.072  a      instance                     down, clean
    5.072  a      leaving.switch               leaving -> consenting
    5.072  b      claim.consent                standby -> claiming
    5.072  b      claiming.cut_early           claiming
    5.076  b      claiming.accept              claiming
    5.079  b      standby.named                claiming -> promoting
    5.079  b      promoting.promote            promoting
    5.079  a      consenting.succeeded         consenting -> asking
    5.079  a      asking.round                 asking
    5.086  a      asking.seek                  asking -> seeking
    5.156  b      instance                     promoted to timeline 2
    5.158  b      promoting.done               promoting -> proving
    5.158  b      proving.mark                 proving
    5.158  a      seeking.ask                  seeking
    5.163  b      proving.open                 proving -> opening
    5.165  b      opening.done                 opening -> primary
    5.658  a      standby.take_chain           seeking
    5.663  a      seeking.start                seeking -> standby-starting
    5.754  a      instance                     up, standby
    5.755  a      standby_starting.up          standby-starting -> standby
    5.755  a      standby.open                 standby
    5.855  b      attach.tighten               primary
    6.055  b      attach.propose               primary
    6.058  b      attach.accept                primary
    6.064  a      reply                        0: switched: server "b" is the primary since epoch 3, server "a" its standby
   15.000  -      switch                       a
   15.000  a      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   15.030  b      switch.stop                  primary -> leaving
   15.031  a      reply                        ... 0: switch to server "a": sessions end, the instance stops
   15.072  b      instance                     down, clean
   15.072  b      leaving.switch               leaving -> consenting
   15.073  a      claim.consent                standby -> claiming
   15.073  a      claiming.cut_early           claiming
   15.077  a      claiming.accept              claiming
   15.080  a      standby.named                claiming -> promoting
   15.080  a      promoting.promote            promoting
   15.080  b      consenting.succeeded         consenting -> asking
   15.080  b      asking.round                 asking
   15.086  b      asking.seek                  asking -> seeking
   15.144  a      instance                     promoted to timeline 3
   15.145  a      promoting.done               promoting -> proving
   15.145  a      proving.mark                 proving
   15.145  b      seeking.ask                  seeking
   15.150  a      proving.open                 proving -> opening
   15.152  a      opening.done                 opening -> primary
   15.645  b      standby.take_chain           seeking
   15.650  b      seeking.start                seeking -> standby-starting
   15.725  b      instance                     up, standby
   15.726  b      standby_starting.up          standby-starting -> standby
   15.726  b      standby.open                 standby
   15.855  a      attach.tighten               primary
   16.055  a      attach.propose               primary
   16.058  a      attach.accept                primary
   16.063  a      reply                        0: switched: server "a" is the primary since epoch 5, server "b" its standby
