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
at 15.050 kill agent a
at 30.000 trap a after stop 1 kill agent
at 30.001 switch a b
at 50.000 trap b before promote 1 kill agent
at 50.001 switch a b
at 70.000 trap a before follow 1 kill agent
at 70.001 switch b a
at 90.000 trap b after gate 1 kill agent
at 90.001 switch a b
lasts 120
must switchable at 14
must switchable at 29
must switchable at 49
must switchable at 69
must switchable at 89
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
   15.030  a      switch.stop                  primary -> leaving
   15.030  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   15.050  -      kill                         agent a
   15.170  a      monitor                      makes a new agent
   15.170  a      recalling.done               recalling -> asking
   15.191  a      asking.round                 asking
   15.350  a      instance                     down, clean
   15.655  a      asking.start_primary         asking -> starting
   15.722  a      instance                     up, primary, closed
   15.723  a      starting.up                  starting -> proving
   15.723  a      proving.names                proving
   15.775  a      proving.open                 proving -> opening
   15.777  a      gate                         open
   15.777  a      opening.done                 opening -> primary
   30.000  -      trap                         a after stop 1 kill agent
   30.001  -      switch                       a b
   30.001  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   30.031  a      switch.stop                  primary -> leaving
   30.031  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   30.073  a      instance                     down, clean
   30.073  -      trap                         springs on a
   30.193  a      monitor                      makes a new agent
   30.193  a      recalling.done               recalling -> asking
   30.205  a      asking.round                 asking
   30.655  a      asking.start_primary         asking -> starting
   30.732  a      instance                     up, primary, closed
   30.733  a      starting.up                  starting -> proving
   30.733  a      proving.names                proving
   30.998  a      proving.open                 proving -> opening
   31.000  a      gate                         open
   31.000  a      opening.done                 opening -> primary
   50.000  -      trap                         b before promote 1 kill agent
   50.001  -      switch                       a b
   50.001  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   50.031  a      switch.stop                  primary -> leaving
   50.031  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   50.073  a      instance                     down, clean
   50.073  a      leaving.switch               leaving -> consenting
   50.074  b      claim.consent                standby -> claiming
   50.074  b      claiming.cut_early           claiming
   50.076  b      claiming.failed              claiming -> standby
   50.077  b      standby.follow               standby
   50.574  b      claim.consent                standby -> claiming
   50.574  b      claiming.cut_early           claiming
   50.577  b      claiming.accept              claiming
   50.580  b      standby.named                claiming -> promoting
   50.580  b      promoting.promote            promoting
   50.580  a      consenting.succeeded         consenting -> asking
   50.580  a      asking.round                 asking
   50.581  -      trap                         springs on b
   50.587  a      asking.seek                  asking -> seeking
   50.701  b      monitor                      makes a new agent
   50.701  b      recalling.done               recalling -> asking
   50.706  b      asking.known_solo            asking
   50.706  b      asking.promotion_unfinished  asking -> promoting
   50.706  b      promoting.cut                promoting
   50.708  b      promoting.promote            promoting
   50.775  b      instance                     promoted to timeline 2
   50.776  b      promoting.done               promoting -> proving
   50.776  b      proving.names                proving
   50.776  a      seeking.ask                  seeking
   50.779  b      proving.mark                 proving
   50.784  b      proving.open                 proving -> opening
   50.786  b      opening.done                 opening -> primary
   51.276  a      standby.take_chain           seeking
   51.281  a      seeking.start                seeking -> standby-starting
   51.383  a      instance                     up, standby
   51.385  a      standby_starting.up          standby-starting -> standby
   51.385  a      standby.open                 standby
   51.506  b      attach.tighten               primary
   51.706  b      attach.propose               primary
   51.709  b      attach.accept                primary
   51.714  a      reply                        0: switched: server "b" is the primary since epoch 3, server "a" its standby
   70.000  -      trap                         a before follow 1 kill agent
   70.001  -      switch                       b a
   70.001  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   70.031  b      switch.stop                  primary -> leaving
   70.031  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   70.073  b      instance                     down, clean
   70.073  b      leaving.switch               leaving -> consenting
   70.074  a      claim.consent                standby -> claiming
   70.074  a      claiming.cut_early           claiming
   70.075  -      trap                         springs on a
   70.195  a      monitor                      makes a new agent
   70.195  a      recalling.done               recalling -> asking
   70.201  a      asking.round                 asking
   70.209  a      asking.standby_runs          asking -> standby
   70.209  a      standby.follow               standby
   70.211  a      standby.open                 standby
   70.306  a      claim.consent                standby -> claiming
   70.306  a      claiming.cut_early           claiming
   70.310  a      claiming.accept              claiming
   70.313  a      standby.named                claiming -> promoting
   70.313  a      promoting.promote            promoting
   70.314  b      consenting.succeeded         consenting -> asking
   70.314  b      asking.round                 asking
   70.321  b      asking.seek                  asking -> seeking
   70.373  a      instance                     promoted to timeline 3
   70.375  a      promoting.done               promoting -> proving
   70.375  a      proving.names                proving
   70.375  b      seeking.ask                  seeking
   70.378  a      proving.mark                 proving
   70.383  a      proving.open                 proving -> opening
   70.385  a      opening.done                 opening -> primary
   70.875  b      standby.take_chain           seeking
   70.880  b      seeking.start                seeking -> standby-starting
   70.945  b      instance                     up, standby
   70.946  b      standby_starting.up          standby-starting -> standby
   70.946  b      standby.open                 standby
   71.106  a      attach.tighten               primary
   71.200  a      attach.propose               primary
   71.203  a      attach.accept                primary
   71.209  b      reply                        0: switched: server "a" is the primary since epoch 5, server "b" its standby
   90.000  -      trap                         b after gate 1 kill agent
   90.001  -      switch                       a b
   90.001  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   90.031  a      switch.stop                  primary -> leaving
   90.031  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   90.073  a      instance                     down, clean
   90.073  a      leaving.switch               leaving -> consenting
   90.073  b      claim.consent                standby -> claiming
   90.073  b      claiming.cut_early           claiming
   90.077  b      claiming.accept              claiming
   90.081  b      standby.named                claiming -> promoting
   90.081  b      promoting.promote            promoting
   90.081  a      consenting.succeeded         consenting -> asking
   90.081  a      asking.round                 asking
   90.088  a      asking.seek                  asking -> seeking
   90.160  b      instance                     promoted to timeline 4
   90.161  b      promoting.done               promoting -> proving
   90.161  b      proving.mark                 proving
   90.161  a      seeking.ask                  seeking
   90.166  b      proving.open                 proving -> opening
   90.168  -      trap                         springs on b
   90.288  b      monitor                      makes a new agent
   90.288  b      recalling.done               recalling -> asking
   90.293  b      asking.known_solo            asking
   90.293  b      asking.primary_runs          asking -> proving
   90.293  b      proving.names                proving
   90.296  b      proving.open                 proving -> opening
   90.298  b      opening.done                 opening -> primary
   90.661  a      standby.take_chain           seeking
   90.666  a      seeking.start                seeking -> standby-starting
   90.769  a      instance                     up, standby
   90.770  a      standby_starting.up          standby-starting -> standby
   90.770  a      standby.open                 standby
   90.893  b      attach.tighten               primary
   91.093  b      attach.propose               primary
   91.096  b      attach.accept                primary
   91.101  a      reply                        0: switched: server "b" is the primary since epoch 7, server "a" its standby
