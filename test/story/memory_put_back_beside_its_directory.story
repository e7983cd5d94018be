# A server that once was alone as primary, and follows another one now, has its voter's memory put back to that time, unseen: nobody has
# restarted its host. The memory knows a solo record naming it, and would open without asking (P1's exception), beside the primary. Its
# data directory knows better: it has been marked under a later epoch (seed 60034540).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 detach a b
at 1.0 copy memory of a
at 1.5 start b
at 6.0 switch b
at 10.0 kill agent a
at 10.05 old memory of a unseen
at 14.0 cut a
at 20.0 heal
must primary b at 13
must primary b at 30
never lost
never two acknowledging
lasts 32
expect
    0.200  -      detach                       a b
    0.200  a      apart.change                 primary
    0.202  a      round.accept                 primary
    0.206  a      detach.leaving               primary
    0.210  a      round.accept                 primary
    0.213  a      names.follow_record          primary
    0.214  b      standby.ask                  standby
    0.215  a      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
    1.000  -      copy                         memory of a
    1.500  -      start                        b
    1.501  b      reply                        0: the agent of server "b" has taken the command
    1.614  a      apart.change                 primary
    1.618  a      round.accept                 primary
    1.714  b      standby.ask                  standby
    1.714  a      attach.tighten               primary
    1.855  a      attach.propose               primary
    1.858  a      attach.accept                primary
    6.000  -      switch                       b
    6.000  b      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    6.055  a      switch.stop                  primary -> leaving
    6.055  b      reply                        ... 0: switch to server "b": sessions end, the instance stops
    6.097  a      instance                     down, clean
    6.097  a      leaving.switch               leaving -> consenting
    6.097  b      claim.consent                standby -> claiming
    6.097  b      claiming.cut_early           claiming
    6.101  b      claiming.accept              claiming
    6.104  b      standby.named                claiming -> promoting
    6.104  b      promoting.promote            promoting
    6.104  a      consenting.succeeded         consenting -> asking
    6.104  a      asking.round                 asking
    6.111  a      asking.seek                  asking -> seeking
    6.182  b      instance                     promoted to timeline 2
    6.183  b      promoting.done               promoting -> proving
    6.183  b      proving.mark                 proving
    6.183  a      seeking.ask                  seeking
    6.188  b      proving.open                 proving -> opening
    6.190  b      opening.done                 opening -> primary
    6.683  a      standby.take_chain           seeking
    6.688  a      seeking.start                seeking -> standby-starting
    6.751  a      instance                     up, standby
    6.752  a      standby_starting.up          standby-starting -> standby
    6.752  a      standby.open                 standby
    6.855  b      attach.tighten               primary
    7.055  b      attach.propose               primary
    7.058  b      attach.accept                primary
    7.062  b      reply                        0: switched: server "b" is the primary since epoch 7, server "a" its standby
   10.000  -      kill                         agent a
   10.050  -      old                          memory of a unseen
   10.120  a      monitor                      makes a new agent
   10.120  a      recalling.done               recalling -> asking
   10.147  a      asking.round                 asking
   10.147  a      cut.memory_lost              asking -> recalling
   10.147  b      detach.lost                  primary
   10.151  b      round.accept                 primary
   10.154  b      names.follow_record          primary
   10.450  a      recalling.done               recalling -> asking
   10.450  a      asking.round                 asking
   10.455  a      asking.standby_runs          asking -> standby
   10.455  a      standby.open                 standby
   10.455  a      standby.ask                  standby
   10.457  a      standby.follow               standby
   10.460  b      attach.tighten               primary
   10.655  b      attach.propose               primary
   10.658  b      attach.accept                primary
   14.000  -      cut                          a
   15.862  a      claim.silent                 standby -> claiming
   16.055  b      detach.lost                  primary
   16.059  b      round.accept                 primary
   16.063  b      names.follow_record          primary
   16.862  a      claiming.failed              claiming -> standby
   20.000  -      heal                         
   20.050  a      claim.silent                 standby -> claiming
   20.053  a      claiming.failed              claiming -> standby
   20.053  a      standby.ask                  standby
   20.255  b      attach.tighten               primary
   20.455  b      attach.propose               primary
   20.458  b      attach.accept                primary
