# A switch is asked for again and again, and each time an agent dies at a step that is remembered: the former primary's before
# and after its promise, the successor's after its own promise, behind the end of its receiver, and when it has accepted; the
# former's when it has accepted, too; the arbiter before and after its promise, and when it has accepted; the successor's behind
# its promotion, and before its directory is marked; the former's when its instance runs as a standby. The next life completes each.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 trap a before persist 1 kill agent
at 1.1 switch a b
at 20.0 trap b after persist 1 kill agent
at 20.1 switch b a
at 40.0 trap b after persist 1 kill agent
at 40.1 switch a b
at 60.0 trap a after follow 1 kill agent
at 60.1 switch b a
at 80.0 trap b after persist 2 kill agent
at 80.1 switch a b
at 100.0 trap b after persist 2 kill agent
at 100.1 switch b a
at 120.0 trap w before persist 1 kill agent
at 120.1 switch a b
at 140.0 trap w after persist 1 kill agent
at 140.1 switch b a
at 160.0 trap w after persist 2 kill agent
at 160.1 switch a b
at 180.0 trap a after promote 1 kill agent
at 180.1 switch b a
at 200.0 trap b before directory 1 kill agent
at 200.1 switch a b
at 220.0 trap b after start 1 kill agent
at 220.1 switch b a
lasts 240
must trap after 1.05 by 3
must recalling.done on a after 1.1 by 2
must primary b at 19
must switchable at 19
must trap after 20.05 by 22
must recalling.done on b after 20.1 by 21
must primary a at 39
must switchable at 39
must trap after 40.05 by 42
must asking.standby_runs on b after 40.1 by 41
must primary b at 59
must switchable at 59
must trap after 60.05 by 62
must asking.standby_runs on a after 60.1 by 61
must primary a at 79
must switchable at 79
must trap after 80.05 by 82
must asking.promotion_unfinished on b after 80.1 by 81
must primary b at 99
must switchable at 99
must trap after 100.05 by 102
must recalling.done on b after 100.1 by 101
must primary a at 119
must switchable at 119
must trap after 120.05 by 122
must primary b at 139
must switchable at 139
must trap after 140.05 by 142
must primary a at 159
must switchable at 159
must trap after 160.05 by 162
must primary b at 179
must switchable at 179
must trap after 180.05 by 182
must asking.primary_runs on a after 180.1 by 181
must primary a at 199
must switchable at 199
must trap after 200.05 by 202
must asking.primary_runs on b after 200.1 by 201
must primary b at 219
must switchable at 219
must trap after 220.05 by 222
must asking.standby_runs on b after 220.1 by 222
must primary a at 239
must switchable at 239
must outage below 3
never lost
never two acknowledging
expect
    1.000  -      trap                         a before persist 1 kill agent
    1.100  -      switch                       a b
    1.100  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    1.255  a      switch.stop                  primary -> leaving
    1.255  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    1.297  a      instance                     down, clean
    1.297  a      leaving.switch               leaving -> consenting
    1.297  b      claim.consent                standby -> claiming
    1.297  b      claiming.cut_early           claiming
    1.299  -      trap                         springs on a
    1.301  b      claiming.accept              claiming
    1.305  b      standby.named                claiming -> promoting
    1.305  b      promoting.promote            promoting
    1.362  b      instance                     promoted to timeline 2
    1.364  b      promoting.done               promoting -> proving
    1.364  b      proving.mark                 proving
    1.369  b      proving.open                 proving -> opening
    1.371  b      opening.done                 opening -> primary
    1.419  a      monitor                      makes a new agent
    1.419  a      recalling.done               recalling -> asking
    1.445  a      asking.round                 asking
    1.512  a      asking.seek                  asking -> seeking
    1.512  a      seeking.ask                  seeking
    1.513  a      standby.take_chain           seeking
    1.518  a      seeking.start                seeking -> standby-starting
    1.585  a      instance                     up, standby
    1.586  a      standby_starting.up          standby-starting -> standby
    1.586  a      standby.open                 standby
    1.655  b      attach.tighten               primary
    1.855  b      attach.propose               primary
    1.858  b      attach.accept                primary
   20.000  -      trap                         b after persist 1 kill agent
   20.100  -      switch                       b a
   20.100  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   20.455  b      switch.stop                  primary -> leaving
   20.455  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   20.497  b      instance                     down, clean
   20.497  b      leaving.switch               leaving -> consenting
   20.497  a      claim.consent                standby -> claiming
   20.497  a      claiming.cut_early           claiming
   20.500  a      claiming.accept              claiming
   20.500  -      trap                         springs on b
   20.504  a      standby.named                claiming -> promoting
   20.504  a      promoting.promote            promoting
   20.574  a      instance                     promoted to timeline 3
   20.576  a      promoting.done               promoting -> proving
   20.576  a      proving.mark                 proving
   20.581  a      proving.open                 proving -> opening
   20.583  a      opening.done                 opening -> primary
   20.620  b      monitor                      makes a new agent
   20.620  b      recalling.done               recalling -> asking
   20.631  b      asking.round                 asking
   20.638  b      asking.seek                  asking -> seeking
   20.658  b      seeking.ask                  seeking
   20.659  b      standby.take_chain           seeking
   20.664  b      seeking.start                seeking -> standby-starting
   20.759  b      instance                     up, standby
   20.760  b      standby_starting.up          standby-starting -> standby
   20.760  b      standby.open                 standby
   20.826  a      attach.tighten               primary
   21.024  a      attach.propose               primary
   21.042  a      attach.accept                primary
   40.000  -      trap                         b after persist 1 kill agent
   40.100  -      switch                       a b
   40.100  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   40.424  a      switch.stop                  primary -> leaving
   40.424  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   40.466  a      instance                     down, clean
   40.466  a      leaving.switch               leaving -> consenting
   40.466  b      claim.consent                standby -> claiming
   40.466  b      claiming.cut_early           claiming
   40.468  -      trap                         springs on b
   40.588  b      monitor                      makes a new agent
   40.588  b      recalling.done               recalling -> asking
   40.608  b      asking.round                 asking
   40.615  b      asking.standby_runs          asking -> standby
   40.615  b      standby.follow               standby
   40.617  b      standby.open                 standby
   40.808  b      claim.consent                standby -> claiming
   40.808  b      claiming.cut_early           claiming
   40.811  b      claiming.accept              claiming
   40.814  b      standby.named                claiming -> promoting
   40.814  b      promoting.promote            promoting
   40.814  a      consenting.succeeded         consenting -> asking
   40.814  a      asking.round                 asking
   40.821  a      asking.seek                  asking -> seeking
   40.869  b      instance                     promoted to timeline 4
   40.871  b      promoting.done               promoting -> proving
   40.871  b      proving.names                proving
   40.871  a      seeking.ask                  seeking
   40.874  b      proving.mark                 proving
   40.879  b      proving.open                 proving -> opening
   40.881  b      opening.done                 opening -> primary
   41.371  a      standby.take_chain           seeking
   41.376  a      seeking.start                seeking -> standby-starting
   41.460  a      instance                     up, standby
   41.460  a      standby_starting.up          standby-starting -> standby
   41.460  a      standby.open                 standby
   41.624  b      attach.tighten               primary
   41.793  b      attach.propose               primary
   41.796  b      attach.accept                primary
   41.801  a      reply                        0: switched: server "b" is the primary since epoch 7, server "a" its standby
   60.000  -      trap                         a after follow 1 kill agent
   60.100  -      switch                       b a
   60.100  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   60.193  b      switch.stop                  primary -> leaving
   60.193  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   60.235  b      instance                     down, clean
   60.235  b      leaving.switch               leaving -> consenting
   60.235  a      claim.consent                standby -> claiming
   60.235  a      claiming.cut_early           claiming
   60.239  -      trap                         springs on a
   60.359  a      monitor                      makes a new agent
   60.359  a      recalling.done               recalling -> asking
   60.368  a      asking.round                 asking
   60.375  a      asking.standby_runs          asking -> standby
   60.375  a      standby.follow               standby
   60.377  a      standby.open                 standby
   60.567  a      claim.consent                standby -> claiming
   60.567  a      claiming.cut_early           claiming
   60.571  a      claiming.accept              claiming
   60.574  a      standby.named                claiming -> promoting
   60.574  a      promoting.promote            promoting
   60.575  b      consenting.succeeded         consenting -> asking
   60.575  b      asking.round                 asking
   60.582  b      asking.seek                  asking -> seeking
   60.629  a      instance                     promoted to timeline 5
   60.630  a      promoting.done               promoting -> proving
   60.630  a      proving.names                proving
   60.630  b      seeking.ask                  seeking
   60.633  a      proving.mark                 proving
   60.638  a      proving.open                 proving -> opening
   60.640  a      opening.done                 opening -> primary
   61.130  b      standby.take_chain           seeking
   61.135  b      seeking.start                seeking -> standby-starting
   61.208  b      instance                     up, standby
   61.209  b      standby_starting.up          standby-starting -> standby
   61.209  b      standby.open                 standby
   61.393  a      attach.tighten               primary
   61.564  a      attach.propose               primary
   61.568  a      attach.accept                primary
   61.573  b      reply                        0: switched: server "a" is the primary since epoch 9, server "b" its standby
   80.000  -      trap                         b after persist 2 kill agent
   80.100  -      switch                       a b
   80.100  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   80.364  a      switch.stop                  primary -> leaving
   80.364  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   80.406  a      instance                     down, clean
   80.406  a      leaving.switch               leaving -> consenting
   80.406  b      claim.consent                standby -> claiming
   80.406  b      claiming.cut_early           claiming
   80.410  b      claiming.accept              claiming
   80.411  -      trap                         springs on b
   80.531  b      monitor                      makes a new agent
   80.531  b      recalling.done               recalling -> asking
   80.539  b      asking.round                 asking
   80.546  b      asking.promotion_unfinished  asking -> promoting
   80.546  b      promoting.cut                promoting
   80.546  a      consenting.succeeded         consenting -> asking
   80.546  a      asking.round                 asking
   80.550  b      promoting.promote            promoting
   80.553  a      asking.seek                  asking -> seeking
   80.618  b      instance                     promoted to timeline 6
   80.620  b      promoting.done               promoting -> proving
   80.620  b      proving.names                proving
   80.620  a      seeking.ask                  seeking
   80.623  b      proving.mark                 proving
   80.628  b      proving.open                 proving -> opening
   80.630  b      opening.done                 opening -> primary
   81.120  a      standby.take_chain           seeking
   81.125  a      seeking.start                seeking -> standby-starting
   81.211  a      instance                     up, standby
   81.213  a      standby_starting.up          standby-starting -> standby
   81.213  a      standby.open                 standby
   81.364  b      attach.tighten               primary
   81.536  b      attach.propose               primary
   81.540  b      attach.accept                primary
   81.546  a      reply                        0: switched: server "b" is the primary since epoch 11, server "a" its standby
  100.000  -      trap                         b after persist 2 kill agent
  100.100  -      switch                       b a
  100.100  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
  100.136  b      switch.stop                  primary -> leaving
  100.136  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
  100.178  b      instance                     down, clean
  100.178  b      leaving.switch               leaving -> consenting
  100.179  a      claim.consent                standby -> claiming
  100.179  a      claiming.cut_early           claiming
  100.182  a      claiming.accept              claiming
  100.185  -      trap                         springs on b
  100.187  a      standby.named                claiming -> promoting
  100.187  a      promoting.promote            promoting
  100.256  a      instance                     promoted to timeline 7
  100.256  a      promoting.done               promoting -> proving
  100.256  a      proving.mark                 proving
  100.261  a      proving.open                 proving -> opening
  100.263  a      opening.done                 opening -> primary
  100.305  b      monitor                      makes a new agent
  100.305  b      recalling.done               recalling -> asking
  100.324  b      asking.round                 asking
  100.330  b      asking.seek                  asking -> seeking
  100.343  b      seeking.ask                  seeking
  100.344  b      standby.take_chain           seeking
  100.349  b      seeking.start                seeking -> standby-starting
  100.452  b      instance                     up, standby
  100.453  b      standby_starting.up          standby-starting -> standby
  100.453  b      standby.open                 standby
  100.564  a      attach.tighten               primary
  100.764  a      attach.propose               primary
  100.772  a      attach.accept                primary
  120.000  -      trap                         w before persist 1 kill agent
  120.100  -      switch                       a b
  120.100  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
  120.364  a      switch.stop                  primary -> leaving
  120.364  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
  120.406  a      instance                     down, clean
  120.406  a      leaving.switch               leaving -> consenting
  120.406  b      claim.consent                standby -> claiming
  120.406  b      claiming.cut_early           claiming
  120.408  -      trap                         springs on w
  120.410  b      claiming.accept              claiming
  120.413  b      standby.named                claiming -> promoting
  120.413  b      promoting.promote            promoting
  120.414  a      consenting.succeeded         consenting -> asking
  120.414  a      asking.round                 asking
  120.421  a      asking.seek                  asking -> seeking
  120.488  b      instance                     promoted to timeline 8
  120.489  b      promoting.done               promoting -> proving
  120.489  b      proving.mark                 proving
  120.489  a      seeking.ask                  seeking
  120.494  b      proving.open                 proving -> opening
  120.496  b      opening.done                 opening -> primary
  120.528  w      monitor                      makes a new agent
  120.989  a      standby.take_chain           seeking
  120.994  a      seeking.start                seeking -> standby-starting
  121.093  a      instance                     up, standby
  121.094  a      standby_starting.up          standby-starting -> standby
  121.094  a      standby.open                 standby
  121.164  b      attach.tighten               primary
  121.310  b      attach.propose               primary
  121.314  b      attach.accept                primary
  121.319  a      reply                        0: switched: server "b" is the primary since epoch 15, server "a" its standby
  140.000  -      trap                         w after persist 1 kill agent
  140.100  -      switch                       b a
  140.100  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
  140.510  b      switch.stop                  primary -> leaving
  140.510  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
  140.552  b      instance                     down, clean
  140.552  b      leaving.switch               leaving -> consenting
  140.553  a      claim.consent                standby -> claiming
  140.553  a      claiming.cut_early           claiming
  140.556  -      trap                         springs on w
  140.556  a      claiming.accept              claiming
  140.560  a      standby.named                claiming -> promoting
  140.560  a      promoting.promote            promoting
  140.561  b      consenting.succeeded         consenting -> asking
  140.561  b      asking.round                 asking
  140.568  b      asking.seek                  asking -> seeking
  140.617  a      instance                     promoted to timeline 9
  140.618  a      promoting.done               promoting -> proving
  140.618  a      proving.mark                 proving
  140.618  b      seeking.ask                  seeking
  140.623  a      proving.open                 proving -> opening
  140.625  a      opening.done                 opening -> primary
  141.118  b      standby.take_chain           seeking
  141.123  b      seeking.start                seeking -> standby-starting
  141.220  b      instance                     up, standby
  141.221  b      standby_starting.up          standby-starting -> standby
  141.221  b      standby.open                 standby
  141.364  a      attach.tighten               primary
  141.564  a      attach.propose               primary
  141.567  a      attach.accept                primary
  141.573  b      reply                        0: switched: server "a" is the primary since epoch 17, server "b" its standby
  160.000  -      trap                         w after persist 2 kill agent
  160.100  -      switch                       a b
  160.100  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
  160.164  a      switch.stop                  primary -> leaving
  160.164  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
  160.206  a      instance                     down, clean
  160.206  a      leaving.switch               leaving -> consenting
  160.206  b      claim.consent                standby -> claiming
  160.206  b      claiming.cut_early           claiming
  160.209  b      claiming.accept              claiming
  160.213  b      standby.named                claiming -> promoting
  160.213  b      promoting.promote            promoting
  160.213  -      trap                         springs on w
  160.213  a      consenting.succeeded         consenting -> asking
  160.213  a      asking.round                 asking
  160.221  a      asking.seek                  asking -> seeking
  160.284  b      instance                     promoted to timeline 10
  160.285  b      promoting.done               promoting -> proving
  160.285  b      proving.mark                 proving
  160.285  a      seeking.ask                  seeking
  160.290  b      proving.open                 proving -> opening
  160.292  b      opening.done                 opening -> primary
  160.785  a      standby.take_chain           seeking
  160.790  a      seeking.start                seeking -> standby-starting
  160.882  a      instance                     up, standby
  160.884  a      standby_starting.up          standby-starting -> standby
  160.884  a      standby.open                 standby
  160.964  b      attach.tighten               primary
  161.110  b      attach.propose               primary
  161.114  b      attach.accept                primary
  161.119  a      reply                        0: switched: server "b" is the primary since epoch 19, server "a" its standby
  180.000  -      trap                         a after promote 1 kill agent
  180.100  -      switch                       b a
  180.100  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
  180.310  b      switch.stop                  primary -> leaving
  180.310  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
  180.352  b      instance                     down, clean
  180.352  b      leaving.switch               leaving -> consenting
  180.353  a      claim.consent                standby -> claiming
  180.353  a      claiming.cut_early           claiming
  180.356  a      claiming.accept              claiming
  180.360  a      standby.named                claiming -> promoting
  180.360  a      promoting.promote            promoting
  180.360  b      consenting.succeeded         consenting -> asking
  180.360  b      asking.round                 asking
  180.367  b      asking.seek                  asking -> seeking
  180.438  a      instance                     promoted to timeline 11
  180.439  -      trap                         springs on a
  180.559  a      monitor                      makes a new agent
  180.559  a      recalling.done               recalling -> asking
  180.564  a      asking.known_solo            asking
  180.564  a      asking.primary_runs          asking -> proving
  180.564  a      proving.names                proving
  180.567  a      proving.mark                 proving
  180.572  a      proving.open                 proving -> opening
  180.574  a      opening.done                 opening -> primary
  180.575  b      seeking.ask                  seeking
  180.575  b      standby.take_chain           seeking
  180.580  b      seeking.start                seeking -> standby-starting
  180.658  b      instance                     up, standby
  180.658  b      standby_starting.up          standby-starting -> standby
  180.658  b      standby.open                 standby
  180.764  a      attach.tighten               primary
  180.964  a      attach.propose               primary
  180.967  a      attach.accept                primary
  180.971  b      reply                        0: switched: server "a" is the primary since epoch 21, server "b" its standby
  200.000  -      trap                         b before directory 1 kill agent
  200.100  -      switch                       a b
  200.100  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
  200.164  a      switch.stop                  primary -> leaving
  200.164  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
  200.206  a      instance                     down, clean
  200.206  a      leaving.switch               leaving -> consenting
  200.206  b      claim.consent                standby -> claiming
  200.206  b      claiming.cut_early           claiming
  200.210  b      claiming.accept              claiming
  200.213  b      standby.named                claiming -> promoting
  200.213  b      promoting.promote            promoting
  200.214  a      consenting.succeeded         consenting -> asking
  200.214  a      asking.round                 asking
  200.222  a      asking.seek                  asking -> seeking
  200.275  b      instance                     promoted to timeline 12
  200.275  b      promoting.done               promoting -> proving
  200.275  b      proving.mark                 proving
  200.275  -      trap                         springs on b
  200.395  b      monitor                      makes a new agent
  200.395  b      recalling.done               recalling -> asking
  200.400  b      asking.known_solo            asking
  200.400  b      asking.primary_runs          asking -> proving
  200.400  b      proving.names                proving
  200.403  b      proving.mark                 proving
  200.408  b      proving.open                 proving -> opening
  200.410  b      opening.done                 opening -> primary
  200.434  a      seeking.ask                  seeking
  200.434  a      standby.take_chain           seeking
  200.439  a      seeking.start                seeking -> standby-starting
  200.541  a      instance                     up, standby
  200.543  a      standby_starting.up          standby-starting -> standby
  200.543  a      standby.open                 standby
  200.600  b      attach.tighten               primary
  200.800  b      attach.propose               primary
  200.804  b      attach.accept                primary
  200.809  a      reply                        0: switched: server "b" is the primary since epoch 23, server "a" its standby
  220.000  -      trap                         b after start 1 kill agent
  220.100  -      switch                       b a
  220.100  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
  220.200  b      switch.stop                  primary -> leaving
  220.200  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
  220.242  b      instance                     down, clean
  220.242  b      leaving.switch               leaving -> consenting
  220.243  a      claim.consent                standby -> claiming
  220.243  a      claiming.cut_early           claiming
  220.247  a      claiming.accept              claiming
  220.250  a      standby.named                claiming -> promoting
  220.250  a      promoting.promote            promoting
  220.250  b      consenting.succeeded         consenting -> asking
  220.250  b      asking.round                 asking
  220.258  b      asking.seek                  asking -> seeking
  220.313  a      instance                     promoted to timeline 13
  220.314  a      promoting.done               promoting -> proving
  220.314  a      proving.mark                 proving
  220.314  b      seeking.ask                  seeking
  220.319  a      proving.open                 proving -> opening
  220.321  a      opening.done                 opening -> primary
  220.814  b      standby.take_chain           seeking
  220.819  b      seeking.start                seeking -> standby-starting
  220.890  b      instance                     up, standby
  220.891  -      trap                         springs on b
  221.011  b      monitor                      makes a new agent
  221.011  b      recalling.done               recalling -> asking
  221.024  b      asking.round                 asking
  221.031  b      asking.standby_runs          asking -> standby
  221.031  b      standby.open                 standby
  221.041  b      standby.ask                  standby
  221.164  b      standby.follow               standby
  221.167  a      attach.tighten               primary
  221.364  a      attach.propose               primary
  221.386  a      attach.accept                primary
