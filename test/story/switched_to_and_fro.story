# An operator who switches again and again within a minute is not taken for an instance that keeps ending: no start
# that follows his word is counted among the attempts.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 switch a
at 5.0 switch b
at 9.0 switch a
at 13.0 switch b
at 17.0 switch a
at 21.0 switch b
at 25.0 switch a
at 29.0 switch b
at 33.0 switch a
at 37.0 switch b
must primary b at 35
must primary a at 39
never lost
lasts 44
expect
    1.000  -      switch                       a
    1.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    1.055  a      switch.stop                  primary -> leaving
    1.055  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    1.097  a      instance                     down, clean
    1.097  a      leaving.switch               leaving -> consenting
    1.097  b      claim.consent                standby -> claiming
    1.097  b      claiming.cut_early           claiming
    1.101  b      claiming.accept              claiming
    1.105  b      standby.named                claiming -> promoting
    1.105  b      promoting.promote            promoting
    1.105  a      consenting.succeeded         consenting -> asking
    1.105  a      asking.round                 asking
    1.111  a      asking.seek                  asking -> seeking
    1.158  b      instance                     promoted to timeline 2
    1.160  b      promoting.done               promoting -> proving
    1.160  b      proving.mark                 proving
    1.160  a      seeking.ask                  seeking
    1.165  b      proving.open                 proving -> opening
    1.167  b      opening.done                 opening -> primary
    1.660  a      standby.take_chain           seeking
    1.665  a      seeking.start                seeking -> standby-starting
    1.737  a      instance                     up, standby
    1.739  a      standby_starting.up          standby-starting -> standby
    1.739  a      standby.open                 standby
    1.855  b      attach.tighten               primary
    2.055  b      attach.propose               primary
    2.058  b      attach.accept                primary
    2.063  a      reply                        0: switched: server "b" is the primary since epoch 3, server "a" its standby
    5.000  -      switch                       b
    5.000  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
    5.055  b      switch.stop                  primary -> leaving
    5.055  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
    5.097  b      instance                     down, clean
    5.097  b      leaving.switch               leaving -> consenting
    5.097  a      claim.consent                standby -> claiming
    5.097  a      claiming.cut_early           claiming
    5.100  a      claiming.accept              claiming
    5.104  a      standby.named                claiming -> promoting
    5.104  a      promoting.promote            promoting
    5.105  b      consenting.succeeded         consenting -> asking
    5.105  b      asking.round                 asking
    5.111  b      asking.seek                  asking -> seeking
    5.176  a      instance                     promoted to timeline 3
    5.178  a      promoting.done               promoting -> proving
    5.178  a      proving.mark                 proving
    5.178  b      seeking.ask                  seeking
    5.183  a      proving.open                 proving -> opening
    5.185  a      opening.done                 opening -> primary
    5.678  b      standby.take_chain           seeking
    5.683  b      seeking.start                seeking -> standby-starting
    5.793  b      instance                     up, standby
    5.793  b      standby_starting.up          standby-starting -> standby
    5.793  b      standby.open                 standby
    5.855  a      attach.tighten               primary
    6.055  a      attach.propose               primary
    6.058  a      attach.accept                primary
    6.063  b      reply                        0: switched: server "a" is the primary since epoch 5, server "b" its standby
    9.000  -      switch                       a
    9.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    9.055  a      switch.stop                  primary -> leaving
    9.055  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    9.097  a      instance                     down, clean
    9.097  a      leaving.switch               leaving -> consenting
    9.097  b      claim.consent                standby -> claiming
    9.097  b      claiming.cut_early           claiming
    9.101  b      claiming.accept              claiming
    9.104  b      standby.named                claiming -> promoting
    9.104  b      promoting.promote            promoting
    9.104  a      consenting.succeeded         consenting -> asking
    9.104  a      asking.round                 asking
    9.110  a      asking.seek                  asking -> seeking
    9.166  b      instance                     promoted to timeline 4
    9.167  b      promoting.done               promoting -> proving
    9.167  b      proving.mark                 proving
    9.168  a      seeking.ask                  seeking
    9.172  b      proving.open                 proving -> opening
    9.174  b      opening.done                 opening -> primary
    9.668  a      standby.take_chain           seeking
    9.673  a      seeking.start                seeking -> standby-starting
    9.735  a      instance                     up, standby
    9.737  a      standby_starting.up          standby-starting -> standby
    9.737  a      standby.open                 standby
    9.855  b      attach.tighten               primary
   10.055  b      attach.propose               primary
   10.058  b      attach.accept                primary
   10.064  a      reply                        0: switched: server "b" is the primary since epoch 7, server "a" its standby
   13.000  -      switch                       b
   13.000  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   13.055  b      switch.stop                  primary -> leaving
   13.055  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   13.097  b      instance                     down, clean
   13.097  b      leaving.switch               leaving -> consenting
   13.097  a      claim.consent                standby -> claiming
   13.097  a      claiming.cut_early           claiming
   13.100  a      claiming.accept              claiming
   13.103  a      standby.named                claiming -> promoting
   13.103  a      promoting.promote            promoting
   13.104  b      consenting.succeeded         consenting -> asking
   13.104  b      asking.round                 asking
   13.111  b      asking.seek                  asking -> seeking
   13.184  a      instance                     promoted to timeline 5
   13.185  a      promoting.done               promoting -> proving
   13.185  a      proving.mark                 proving
   13.185  b      seeking.ask                  seeking
   13.190  a      proving.open                 proving -> opening
   13.192  a      opening.done                 opening -> primary
   13.685  b      standby.take_chain           seeking
   13.690  b      seeking.start                seeking -> standby-starting
   13.751  b      instance                     up, standby
   13.752  b      standby_starting.up          standby-starting -> standby
   13.752  b      standby.open                 standby
   13.855  a      attach.tighten               primary
   14.055  a      attach.propose               primary
   14.058  a      attach.accept                primary
   14.064  b      reply                        0: switched: server "a" is the primary since epoch 9, server "b" its standby
   17.000  -      switch                       a
   17.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   17.255  a      switch.stop                  primary -> leaving
   17.255  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   17.297  a      instance                     down, clean
   17.297  a      leaving.switch               leaving -> consenting
   17.297  b      claim.consent                standby -> claiming
   17.297  b      claiming.cut_early           claiming
   17.300  b      claiming.accept              claiming
   17.304  b      standby.named                claiming -> promoting
   17.304  b      promoting.promote            promoting
   17.304  a      consenting.succeeded         consenting -> asking
   17.304  a      asking.round                 asking
   17.312  a      asking.seek                  asking -> seeking
   17.371  b      instance                     promoted to timeline 6
   17.372  b      promoting.done               promoting -> proving
   17.372  b      proving.mark                 proving
   17.372  a      seeking.ask                  seeking
   17.377  b      proving.open                 proving -> opening
   17.379  b      opening.done                 opening -> primary
   17.872  a      standby.take_chain           seeking
   17.877  a      seeking.start                seeking -> standby-starting
   17.956  a      instance                     up, standby
   17.957  a      standby_starting.up          standby-starting -> standby
   17.957  a      standby.open                 standby
   18.055  b      attach.tighten               primary
   18.255  b      attach.propose               primary
   18.258  b      attach.accept                primary
   18.263  a      reply                        0: switched: server "b" is the primary since epoch 11, server "a" its standby
   21.000  -      switch                       b
   21.000  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   21.255  b      switch.stop                  primary -> leaving
   21.255  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   21.297  b      instance                     down, clean
   21.297  b      leaving.switch               leaving -> consenting
   21.297  a      claim.consent                standby -> claiming
   21.297  a      claiming.cut_early           claiming
   21.301  a      claiming.accept              claiming
   21.304  a      standby.named                claiming -> promoting
   21.304  a      promoting.promote            promoting
   21.304  b      consenting.succeeded         consenting -> asking
   21.304  b      asking.round                 asking
   21.312  b      asking.seek                  asking -> seeking
   21.376  a      instance                     promoted to timeline 7
   21.378  a      promoting.done               promoting -> proving
   21.378  a      proving.mark                 proving
   21.378  b      seeking.ask                  seeking
   21.383  a      proving.open                 proving -> opening
   21.385  a      opening.done                 opening -> primary
   21.878  b      standby.take_chain           seeking
   21.883  b      seeking.start                seeking -> standby-starting
   21.989  b      instance                     up, standby
   21.989  b      standby_starting.up          standby-starting -> standby
   21.989  b      standby.open                 standby
   22.055  a      attach.tighten               primary
   22.255  a      attach.propose               primary
   22.258  a      attach.accept                primary
   22.263  b      reply                        0: switched: server "a" is the primary since epoch 13, server "b" its standby
   25.000  -      switch                       a
   25.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   25.255  a      switch.stop                  primary -> leaving
   25.255  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   25.297  a      instance                     down, clean
   25.297  a      leaving.switch               leaving -> consenting
   25.297  b      claim.consent                standby -> claiming
   25.297  b      claiming.cut_early           claiming
   25.300  b      claiming.accept              claiming
   25.304  b      standby.named                claiming -> promoting
   25.304  b      promoting.promote            promoting
   25.304  a      consenting.succeeded         consenting -> asking
   25.304  a      asking.round                 asking
   25.312  a      asking.seek                  asking -> seeking
   25.359  b      instance                     promoted to timeline 8
   25.361  b      promoting.done               promoting -> proving
   25.361  b      proving.mark                 proving
   25.361  a      seeking.ask                  seeking
   25.366  b      proving.open                 proving -> opening
   25.368  b      opening.done                 opening -> primary
   25.861  a      standby.take_chain           seeking
   25.866  a      seeking.start                seeking -> standby-starting
   25.951  a      instance                     up, standby
   25.952  a      standby_starting.up          standby-starting -> standby
   25.952  a      standby.open                 standby
   26.055  b      attach.tighten               primary
   26.255  b      attach.propose               primary
   26.258  b      attach.accept                primary
   26.263  a      reply                        0: switched: server "b" is the primary since epoch 15, server "a" its standby
   29.000  -      switch                       b
   29.000  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   29.055  b      switch.stop                  primary -> leaving
   29.055  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   29.097  b      instance                     down, clean
   29.097  b      leaving.switch               leaving -> consenting
   29.097  a      claim.consent                standby -> claiming
   29.097  a      claiming.cut_early           claiming
   29.101  a      claiming.accept              claiming
   29.105  a      standby.named                claiming -> promoting
   29.105  a      promoting.promote            promoting
   29.105  b      consenting.succeeded         consenting -> asking
   29.105  b      asking.round                 asking
   29.112  b      asking.seek                  asking -> seeking
   29.172  a      instance                     promoted to timeline 9
   29.172  a      promoting.done               promoting -> proving
   29.172  a      proving.mark                 proving
   29.173  b      seeking.ask                  seeking
   29.177  a      proving.open                 proving -> opening
   29.179  a      opening.done                 opening -> primary
   29.673  b      standby.take_chain           seeking
   29.678  b      seeking.start                seeking -> standby-starting
   29.759  b      instance                     up, standby
   29.760  b      standby_starting.up          standby-starting -> standby
   29.760  b      standby.open                 standby
   29.855  a      attach.tighten               primary
   30.055  a      attach.propose               primary
   30.059  a      attach.accept                primary
   30.064  b      reply                        0: switched: server "a" is the primary since epoch 17, server "b" its standby
   33.000  -      switch                       a
   33.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   33.255  a      switch.stop                  primary -> leaving
   33.255  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   33.297  a      instance                     down, clean
   33.297  a      leaving.switch               leaving -> consenting
   33.297  b      claim.consent                standby -> claiming
   33.297  b      claiming.cut_early           claiming
   33.301  b      claiming.accept              claiming
   33.305  b      standby.named                claiming -> promoting
   33.305  b      promoting.promote            promoting
   33.305  a      consenting.succeeded         consenting -> asking
   33.305  a      asking.round                 asking
   33.312  a      asking.seek                  asking -> seeking
   33.370  b      instance                     promoted to timeline 10
   33.371  b      promoting.done               promoting -> proving
   33.371  b      proving.mark                 proving
   33.371  a      seeking.ask                  seeking
   33.376  b      proving.open                 proving -> opening
   33.378  b      opening.done                 opening -> primary
   33.871  a      standby.take_chain           seeking
   33.876  a      seeking.start                seeking -> standby-starting
   33.973  a      instance                     up, standby
   33.974  a      standby_starting.up          standby-starting -> standby
   33.974  a      standby.open                 standby
   34.055  b      attach.tighten               primary
   34.255  b      attach.propose               primary
   34.258  b      attach.accept                primary
   34.263  a      reply                        0: switched: server "b" is the primary since epoch 19, server "a" its standby
   37.000  -      switch                       b
   37.000  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   37.055  b      switch.stop                  primary -> leaving
   37.055  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   37.097  b      instance                     down, clean
   37.097  b      leaving.switch               leaving -> consenting
   37.097  a      claim.consent                standby -> claiming
   37.097  a      claiming.cut_early           claiming
   37.100  a      claiming.accept              claiming
   37.105  a      standby.named                claiming -> promoting
   37.105  a      promoting.promote            promoting
   37.105  b      consenting.succeeded         consenting -> asking
   37.105  b      asking.round                 asking
   37.111  b      asking.seek                  asking -> seeking
   37.157  a      instance                     promoted to timeline 11
   37.158  a      promoting.done               promoting -> proving
   37.158  a      proving.mark                 proving
   37.159  b      seeking.ask                  seeking
   37.163  a      proving.open                 proving -> opening
   37.165  a      opening.done                 opening -> primary
   37.659  b      standby.take_chain           seeking
   37.664  b      seeking.start                seeking -> standby-starting
   37.756  b      instance                     up, standby
   37.756  b      standby_starting.up          standby-starting -> standby
   37.756  b      standby.open                 standby
   37.855  a      attach.tighten               primary
   38.055  a      attach.propose               primary
   38.058  a      attach.accept                primary
   38.064  b      reply                        0: switched: server "a" is the primary since epoch 21, server "b" its standby
