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
    1.030  a      switch.stop                  primary -> leaving
    1.030  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    1.072  a      instance                     down, clean
    1.072  a      leaving.switch               leaving -> consenting
    1.072  b      claim.consent                standby -> claiming
    1.072  b      claiming.cut_early           claiming
    1.075  b      claiming.accept              claiming
    1.079  b      standby.named                claiming -> promoting
    1.079  b      promoting.promote            promoting
    1.079  a      consenting.succeeded         consenting -> asking
    1.079  a      asking.round                 asking
    1.086  a      asking.seek                  asking -> seeking
    1.142  b      instance                     promoted to timeline 2
    1.142  b      promoting.done               promoting -> proving
    1.142  b      proving.mark                 proving
    1.143  a      seeking.ask                  seeking
    1.147  b      proving.open                 proving -> opening
    1.149  b      opening.done                 opening -> primary
    1.643  a      standby.take_chain           seeking
    1.648  a      seeking.start                seeking -> standby-starting
    1.709  a      instance                     up, standby
    1.710  a      standby_starting.up          standby-starting -> standby
    1.710  a      standby.open                 standby
    1.855  b      attach.tighten               primary
    2.055  b      attach.propose               primary
    2.058  b      attach.accept                primary
    2.062  a      reply                        0: switched: server "b" is the primary since epoch 3, server "a" its standby
    5.000  -      switch                       b
    5.000  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
    5.030  b      switch.stop                  primary -> leaving
    5.030  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
    5.072  b      instance                     down, clean
    5.072  b      leaving.switch               leaving -> consenting
    5.072  a      claim.consent                standby -> claiming
    5.072  a      claiming.cut_early           claiming
    5.076  a      claiming.accept              claiming
    5.080  a      standby.named                claiming -> promoting
    5.080  a      promoting.promote            promoting
    5.080  b      consenting.succeeded         consenting -> asking
    5.080  b      asking.round                 asking
    5.087  b      asking.seek                  asking -> seeking
    5.147  a      instance                     promoted to timeline 3
    5.149  a      promoting.done               promoting -> proving
    5.149  a      proving.mark                 proving
    5.149  b      seeking.ask                  seeking
    5.154  a      proving.open                 proving -> opening
    5.156  a      opening.done                 opening -> primary
    5.649  b      standby.take_chain           seeking
    5.654  b      seeking.start                seeking -> standby-starting
    5.758  b      instance                     up, standby
    5.758  b      standby_starting.up          standby-starting -> standby
    5.758  b      standby.open                 standby
    5.855  a      attach.tighten               primary
    6.055  a      attach.propose               primary
    6.058  a      attach.accept                primary
    6.063  b      reply                        0: switched: server "a" is the primary since epoch 5, server "b" its standby
    9.000  -      switch                       a
    9.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    9.030  a      switch.stop                  primary -> leaving
    9.030  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    9.072  a      instance                     down, clean
    9.072  a      leaving.switch               leaving -> consenting
    9.072  b      claim.consent                standby -> claiming
    9.072  b      claiming.cut_early           claiming
    9.076  b      claiming.accept              claiming
    9.079  b      standby.named                claiming -> promoting
    9.079  b      promoting.promote            promoting
    9.080  a      consenting.succeeded         consenting -> asking
    9.080  a      asking.round                 asking
    9.086  a      asking.seek                  asking -> seeking
    9.144  b      instance                     promoted to timeline 4
    9.144  b      promoting.done               promoting -> proving
    9.144  b      proving.mark                 proving
    9.145  a      seeking.ask                  seeking
    9.149  b      proving.open                 proving -> opening
    9.151  b      opening.done                 opening -> primary
    9.645  a      standby.take_chain           seeking
    9.650  a      seeking.start                seeking -> standby-starting
    9.719  a      instance                     up, standby
    9.720  a      standby_starting.up          standby-starting -> standby
    9.720  a      standby.open                 standby
    9.855  b      attach.tighten               primary
   10.055  b      attach.propose               primary
   10.058  b      attach.accept                primary
   10.065  a      reply                        0: switched: server "b" is the primary since epoch 7, server "a" its standby
   13.000  -      switch                       b
   13.000  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   13.030  b      switch.stop                  primary -> leaving
   13.030  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   13.072  b      instance                     down, clean
   13.072  b      leaving.switch               leaving -> consenting
   13.073  a      claim.consent                standby -> claiming
   13.073  a      claiming.cut_early           claiming
   13.076  a      claiming.accept              claiming
   13.079  a      standby.named                claiming -> promoting
   13.079  a      promoting.promote            promoting
   13.079  b      consenting.succeeded         consenting -> asking
   13.079  b      asking.round                 asking
   13.087  b      asking.seek                  asking -> seeking
   13.159  a      instance                     promoted to timeline 5
   13.161  a      promoting.done               promoting -> proving
   13.161  a      proving.mark                 proving
   13.161  b      seeking.ask                  seeking
   13.166  a      proving.open                 proving -> opening
   13.168  a      opening.done                 opening -> primary
   13.661  b      standby.take_chain           seeking
   13.666  b      seeking.start                seeking -> standby-starting
   13.736  b      instance                     up, standby
   13.736  b      standby_starting.up          standby-starting -> standby
   13.736  b      standby.open                 standby
   13.855  a      attach.tighten               primary
   14.055  a      attach.propose               primary
   14.058  a      attach.accept                primary
   14.063  b      reply                        0: switched: server "a" is the primary since epoch 9, server "b" its standby
   17.000  -      switch                       a
   17.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   17.030  a      switch.stop                  primary -> leaving
   17.030  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   17.072  a      instance                     down, clean
   17.072  a      leaving.switch               leaving -> consenting
   17.072  b      claim.consent                standby -> claiming
   17.072  b      claiming.cut_early           claiming
   17.076  b      claiming.accept              claiming
   17.079  b      standby.named                claiming -> promoting
   17.079  b      promoting.promote            promoting
   17.079  a      consenting.succeeded         consenting -> asking
   17.079  a      asking.round                 asking
   17.086  a      asking.seek                  asking -> seeking
   17.140  b      instance                     promoted to timeline 6
   17.141  b      promoting.done               promoting -> proving
   17.141  b      proving.mark                 proving
   17.141  a      seeking.ask                  seeking
   17.146  b      proving.open                 proving -> opening
   17.148  b      opening.done                 opening -> primary
   17.641  a      standby.take_chain           seeking
   17.646  a      seeking.start                seeking -> standby-starting
   17.749  a      instance                     up, standby
   17.750  a      standby_starting.up          standby-starting -> standby
   17.750  a      standby.open                 standby
   17.855  b      attach.tighten               primary
   18.055  b      attach.propose               primary
   18.059  b      attach.accept                primary
   18.064  a      reply                        0: switched: server "b" is the primary since epoch 11, server "a" its standby
   21.000  -      switch                       b
   21.000  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   21.030  b      switch.stop                  primary -> leaving
   21.030  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   21.072  b      instance                     down, clean
   21.072  b      leaving.switch               leaving -> consenting
   21.073  a      claim.consent                standby -> claiming
   21.073  a      claiming.cut_early           claiming
   21.076  a      claiming.accept              claiming
   21.080  a      standby.named                claiming -> promoting
   21.080  a      promoting.promote            promoting
   21.080  b      consenting.succeeded         consenting -> asking
   21.080  b      asking.round                 asking
   21.087  b      asking.seek                  asking -> seeking
   21.143  a      instance                     promoted to timeline 7
   21.144  a      promoting.done               promoting -> proving
   21.144  a      proving.mark                 proving
   21.144  b      seeking.ask                  seeking
   21.149  a      proving.open                 proving -> opening
   21.151  a      opening.done                 opening -> primary
   21.644  b      standby.take_chain           seeking
   21.649  b      seeking.start                seeking -> standby-starting
   21.734  b      instance                     up, standby
   21.735  b      standby_starting.up          standby-starting -> standby
   21.735  b      standby.open                 standby
   21.855  a      attach.tighten               primary
   22.055  a      attach.propose               primary
   22.058  a      attach.accept                primary
   22.064  b      reply                        0: switched: server "a" is the primary since epoch 13, server "b" its standby
   25.000  -      switch                       a
   25.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   25.030  a      switch.stop                  primary -> leaving
   25.030  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   25.072  a      instance                     down, clean
   25.072  a      leaving.switch               leaving -> consenting
   25.072  b      claim.consent                standby -> claiming
   25.072  b      claiming.cut_early           claiming
   25.076  b      claiming.accept              claiming
   25.079  b      standby.named                claiming -> promoting
   25.079  b      promoting.promote            promoting
   25.080  a      consenting.succeeded         consenting -> asking
   25.080  a      asking.round                 asking
   25.087  a      asking.seek                  asking -> seeking
   25.146  b      instance                     promoted to timeline 8
   25.147  b      promoting.done               promoting -> proving
   25.147  b      proving.mark                 proving
   25.148  a      seeking.ask                  seeking
   25.152  b      proving.open                 proving -> opening
   25.154  b      opening.done                 opening -> primary
   25.648  a      standby.take_chain           seeking
   25.653  a      seeking.start                seeking -> standby-starting
   25.719  a      instance                     up, standby
   25.721  a      standby_starting.up          standby-starting -> standby
   25.721  a      standby.open                 standby
   25.855  b      attach.tighten               primary
   26.055  b      attach.propose               primary
   26.058  b      attach.accept                primary
   26.063  a      reply                        0: switched: server "b" is the primary since epoch 15, server "a" its standby
   29.000  -      switch                       b
   29.000  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   29.030  b      switch.stop                  primary -> leaving
   29.030  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   29.072  b      instance                     down, clean
   29.072  b      leaving.switch               leaving -> consenting
   29.072  a      claim.consent                standby -> claiming
   29.072  a      claiming.cut_early           claiming
   29.076  a      claiming.accept              claiming
   29.080  a      standby.named                claiming -> promoting
   29.080  a      promoting.promote            promoting
   29.081  b      consenting.succeeded         consenting -> asking
   29.081  b      asking.round                 asking
   29.088  b      asking.seek                  asking -> seeking
   29.160  a      instance                     promoted to timeline 9
   29.161  a      promoting.done               promoting -> proving
   29.161  a      proving.mark                 proving
   29.162  b      seeking.ask                  seeking
   29.166  a      proving.open                 proving -> opening
   29.168  a      opening.done                 opening -> primary
   29.662  b      standby.take_chain           seeking
   29.667  b      seeking.start                seeking -> standby-starting
   29.768  b      instance                     up, standby
   29.769  b      standby_starting.up          standby-starting -> standby
   29.769  b      standby.open                 standby
   29.855  a      attach.tighten               primary
   30.055  a      attach.propose               primary
   30.058  a      attach.accept                primary
   30.063  b      reply                        0: switched: server "a" is the primary since epoch 17, server "b" its standby
   33.000  -      switch                       a
   33.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   33.030  a      switch.stop                  primary -> leaving
   33.030  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   33.072  a      instance                     down, clean
   33.072  a      leaving.switch               leaving -> consenting
   33.072  b      claim.consent                standby -> claiming
   33.072  b      claiming.cut_early           claiming
   33.076  b      claiming.accept              claiming
   33.079  b      standby.named                claiming -> promoting
   33.079  b      promoting.promote            promoting
   33.079  a      consenting.succeeded         consenting -> asking
   33.079  a      asking.round                 asking
   33.086  a      asking.seek                  asking -> seeking
   33.155  b      instance                     promoted to timeline 10
   33.157  b      promoting.done               promoting -> proving
   33.157  b      proving.mark                 proving
   33.157  a      seeking.ask                  seeking
   33.162  b      proving.open                 proving -> opening
   33.164  b      opening.done                 opening -> primary
   33.657  a      standby.take_chain           seeking
   33.662  a      seeking.start                seeking -> standby-starting
   33.740  a      instance                     up, standby
   33.740  a      standby_starting.up          standby-starting -> standby
   33.740  a      standby.open                 standby
   33.855  b      attach.tighten               primary
   34.055  b      attach.propose               primary
   34.058  b      attach.accept                primary
   34.064  a      reply                        0: switched: server "b" is the primary since epoch 19, server "a" its standby
   37.000  -      switch                       b
   37.000  b      reply                        ... 0: switch to server "a": checkpoints on both sides first, nobody is cut off yet
   37.030  b      switch.stop                  primary -> leaving
   37.030  b      reply                        ... 0: switch to server "a": sessions end, the instance stops
   37.072  b      instance                     down, clean
   37.072  b      leaving.switch               leaving -> consenting
   37.072  a      claim.consent                standby -> claiming
   37.072  a      claiming.cut_early           claiming
   37.077  a      claiming.accept              claiming
   37.079  a      standby.named                claiming -> promoting
   37.079  a      promoting.promote            promoting
   37.080  b      consenting.succeeded         consenting -> asking
   37.080  b      asking.round                 asking
   37.086  b      asking.seek                  asking -> seeking
   37.159  a      instance                     promoted to timeline 11
   37.159  a      promoting.done               promoting -> proving
   37.159  a      proving.mark                 proving
   37.160  b      seeking.ask                  seeking
   37.164  a      proving.open                 proving -> opening
   37.166  a      opening.done                 opening -> primary
   37.660  b      standby.take_chain           seeking
   37.665  b      seeking.start                seeking -> standby-starting
   37.728  b      instance                     up, standby
   37.729  b      standby_starting.up          standby-starting -> standby
   37.729  b      standby.open                 standby
   37.855  a      attach.tighten               primary
   38.055  a      attach.propose               primary
   38.058  a      attach.accept                primary
   38.064  b      reply                        0: switched: server "a" is the primary since epoch 21, server "b" its standby
