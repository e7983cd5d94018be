# An agent is killed at each step of a switch: the primary's while checkpoints are made, while its instance stops and when it has
# consented; the successor's when it has claimed, and while it promotes. Each time it is either done or as before.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 5.000 switch a b
at 5.010 kill agent a
at 15.000 switch a b
at 15.350 kill agent a
at 30.000 trap a after stop 1 kill agent
at 30.001 switch a b
at 50.000 trap b before promote 1 kill agent
at 50.001 switch a b
at 70.000 trap a before follow 1 kill agent
at 70.001 switch b a
at 90.000 trap b after gate 1 kill agent
at 90.001 switch a b
lasts 120
never switch.stop on a by 14
must asking.primary_runs on a after 5.01 by 6
must primary a at 14
must switchable at 14
must switch.stop on a after 15 by 15.35
must instance on a after 15.5 by 16
never leaving.switch on a by 49
must primary a at 29
must switchable at 29
must trap after 30.01 by 32
must primary a at 49
must switchable at 49
must trap after 50.01 by 52
must asking.promotion_unfinished on b after 50 by 52
must primary b at 69
must switchable at 69
must trap after 70.01 by 72
must asking.standby_runs on a after 70.01 by 72
must primary a at 89
must switchable at 89
must trap after 90.01 by 92
must asking.primary_runs on b after 90.01 by 92
must primary b at 119
must switchable at 119
never lost
never two acknowledging
expect
    5.000  -      switch                       a b
    5.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    5.010  -      kill                         agent a
    5.130  a      monitor                      makes a new agent
    5.130  a      recalling.done               recalling -> asking
    5.143  a      asking.round                 asking
    5.150  a      asking.primary_runs          asking -> proving
    5.150  a      proving.names                proving
    5.335  a      proving.open                 proving -> opening
    5.337  a      opening.done                 opening -> primary
   15.000  -      switch                       a b
   15.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   15.335  a      switch.stop                  primary -> leaving
   15.335  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   15.350  -      kill                         agent a
   15.470  a      monitor                      makes a new agent
   15.470  a      recalling.done               recalling -> asking
   15.496  a      asking.round                 asking
   15.650  a      instance                     down, clean
   16.055  a      asking.start_primary         asking -> starting
   16.125  a      instance                     up, primary, closed
   16.127  a      starting.up                  starting -> proving
   16.127  a      proving.names                proving
   16.275  a      proving.open                 proving -> opening
   16.277  a      gate                         open
   16.277  a      opening.done                 opening -> primary
   30.000  -      trap                         a after stop 1 kill agent
   30.001  -      switch                       a b
   30.001  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   30.075  a      switch.stop                  primary -> leaving
   30.075  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   30.117  a      instance                     down, clean
   30.117  -      trap                         springs on a
   30.237  a      monitor                      makes a new agent
   30.237  a      recalling.done               recalling -> asking
   30.253  a      asking.round                 asking
   30.655  a      asking.start_primary         asking -> starting
   30.725  a      instance                     up, primary, closed
   30.727  a      starting.up                  starting -> proving
   30.727  a      proving.names                proving
   30.842  a      proving.open                 proving -> opening
   30.844  a      gate                         open
   30.844  a      opening.done                 opening -> primary
   50.000  -      trap                         b before promote 1 kill agent
   50.001  -      switch                       a b
   50.001  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   50.042  a      switch.stop                  primary -> leaving
   50.042  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   50.084  a      instance                     down, clean
   50.084  a      leaving.switch               leaving -> consenting
   50.084  b      claim.consent                standby -> claiming
   50.084  b      claiming.cut_early           claiming
   50.088  b      claiming.accept              claiming
   50.092  b      standby.named                claiming -> promoting
   50.092  b      promoting.promote            promoting
   50.092  a      consenting.succeeded         consenting -> asking
   50.092  a      asking.round                 asking
   50.093  -      trap                         springs on b
   50.100  a      asking.seek                  asking -> seeking
   50.213  b      monitor                      makes a new agent
   50.213  b      recalling.done               recalling -> asking
   50.218  b      asking.known_solo            asking
   50.218  b      asking.promotion_unfinished  asking -> promoting
   50.218  b      promoting.cut                promoting
   50.220  b      promoting.promote            promoting
   50.279  b      instance                     promoted to timeline 2
   50.280  b      promoting.done               promoting -> proving
   50.280  b      proving.names                proving
   50.281  a      seeking.ask                  seeking
   50.283  b      proving.mark                 proving
   50.288  b      proving.open                 proving -> opening
   50.290  b      opening.done                 opening -> primary
   50.781  a      standby.take_chain           seeking
   50.786  a      seeking.start                seeking -> standby-starting
   50.889  a      instance                     up, standby
   50.890  a      standby_starting.up          standby-starting -> standby
   50.890  a      standby.open                 standby
   51.042  b      attach.tighten               primary
   51.218  b      attach.propose               primary
   51.221  b      attach.accept                primary
   51.226  a      reply                        0: switched: server "b" is the primary since epoch 3, server "a" its standby
   70.000  -      trap                         a before follow 1 kill agent
   70.001  -      switch                       b a
   70.001  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   70.218  b      switch.stop                  primary -> leaving
   70.218  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   70.260  b      instance                     down, clean
   70.260  b      leaving.switch               leaving -> consenting
   70.261  a      claim.consent                standby -> claiming
   70.261  a      claiming.cut_early           claiming
   70.262  -      trap                         springs on a
   70.382  a      monitor                      makes a new agent
   70.382  a      recalling.done               recalling -> asking
   70.386  a      asking.round                 asking
   70.393  a      asking.standby_runs          asking -> standby
   70.393  a      standby.follow               standby
   70.395  a      standby.open                 standby
   70.586  a      claim.consent                standby -> claiming
   70.586  a      claiming.cut_early           claiming
   70.590  a      claiming.accept              claiming
   70.593  a      standby.named                claiming -> promoting
   70.593  a      promoting.promote            promoting
   70.593  b      consenting.succeeded         consenting -> asking
   70.593  b      asking.round                 asking
   70.601  b      asking.seek                  asking -> seeking
   70.667  a      instance                     promoted to timeline 3
   70.668  a      promoting.done               promoting -> proving
   70.668  a      proving.names                proving
   70.668  b      seeking.ask                  seeking
   70.671  a      proving.mark                 proving
   70.676  a      proving.open                 proving -> opening
   70.678  a      opening.done                 opening -> primary
   71.168  b      standby.take_chain           seeking
   71.173  b      seeking.start                seeking -> standby-starting
   71.258  b      instance                     up, standby
   71.259  b      standby_starting.up          standby-starting -> standby
   71.259  b      standby.open                 standby
   71.419  a      attach.tighten               primary
   71.587  a      attach.propose               primary
   71.591  a      attach.accept                primary
   71.597  b      reply                        0: switched: server "a" is the primary since epoch 5, server "b" its standby
   90.000  -      trap                         b after gate 1 kill agent
   90.001  -      switch                       a b
   90.001  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   90.187  a      switch.stop                  primary -> leaving
   90.187  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   90.229  a      instance                     down, clean
   90.229  a      leaving.switch               leaving -> consenting
   90.229  b      claim.consent                standby -> claiming
   90.229  b      claiming.cut_early           claiming
   90.232  b      claiming.accept              claiming
   90.236  b      standby.named                claiming -> promoting
   90.236  b      promoting.promote            promoting
   90.236  a      consenting.succeeded         consenting -> asking
   90.236  a      asking.round                 asking
   90.244  a      asking.seek                  asking -> seeking
   90.300  b      instance                     promoted to timeline 4
   90.302  b      promoting.done               promoting -> proving
   90.302  b      proving.mark                 proving
   90.302  a      seeking.ask                  seeking
   90.307  b      proving.open                 proving -> opening
   90.309  -      trap                         springs on b
   90.429  b      monitor                      makes a new agent
   90.429  b      recalling.done               recalling -> asking
   90.434  b      asking.known_solo            asking
   90.434  b      asking.primary_runs          asking -> proving
   90.434  b      proving.names                proving
   90.437  b      proving.open                 proving -> opening
   90.439  b      opening.done                 opening -> primary
   90.802  a      standby.take_chain           seeking
   90.807  a      seeking.start                seeking -> standby-starting
   90.899  a      instance                     up, standby
   90.901  a      standby_starting.up          standby-starting -> standby
   90.901  a      standby.open                 standby
   91.034  b      attach.tighten               primary
   91.234  b      attach.propose               primary
   91.237  b      attach.accept                primary
   91.243  a      reply                        0: switched: server "b" is the primary since epoch 7, server "a" its standby
