# The arbiter's disk hangs while the role goes to b: it leases b without having noted that. It is killed, twice, so that nobody tells it again, and the one
# before wants the role back: to the arbiter that is no change of primary. Whoever knows less than comes before a record accepts it when what it may
# have leased is out (P5).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.1 load on
at 0.2 disk of w hangs
at 0.5 switch a
at 7.8 cut a b
at 9.3 kill agent w
at 9.4 cut b
at 9.4 heal a w
at 9.65 kill agent w
at 9.66 disk of w works
at 14.0 heal
lasts 25
must primary a at 25
never lost
never two acknowledging
expect
    0.100  -      load                         on
    0.200  -      disk                         of w hangs
    0.500  -      switch                       a
    0.500  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    0.855  a      switch.stop                  primary -> leaving
    0.855  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    0.897  a      instance                     down, clean
    0.897  a      leaving.switch               leaving -> consenting
    0.897  b      claim.consent                standby -> claiming
    0.897  b      claiming.cut_early           claiming
    0.900  b      claiming.accept              claiming
    0.903  b      standby.named                claiming -> promoting
    0.903  b      promoting.promote            promoting
    0.904  a      consenting.succeeded         consenting -> asking
    0.904  a      asking.round                 asking
    0.910  a      asking.seek                  asking -> seeking
    0.956  b      instance                     promoted to timeline 2
    0.957  b      promoting.done               promoting -> proving
    0.957  b      proving.mark                 proving
    0.957  a      seeking.ask                  seeking
    0.962  b      proving.open                 proving -> opening
    0.964  b      opening.done                 opening -> primary
    1.457  a      standby.take_chain           seeking
    1.462  a      seeking.start                seeking -> standby-starting
    1.553  a      instance                     up, standby
    1.554  a      standby_starting.up          standby-starting -> standby
    1.554  a      standby.open                 standby
    1.655  b      attach.tighten               primary
    1.855  b      attach.propose               primary
    1.858  b      attach.accept                primary
    1.863  a      reply                        0: switched: server "b" is the primary since epoch 3, server "a" its standby
    7.800  -      cut                          a b
    9.300  -      kill                         agent w
    9.400  -      cut                          b
    9.400  -      heal                         a w
    9.420  w      monitor                      makes a new agent
    9.650  -      kill                         agent w
    9.660  -      disk                         of w works
    9.803  a      claim.silent                 standby -> claiming
    9.806  a      claiming.cut                 claiming
    9.812  a      claiming.accept              claiming
    9.814  a      claiming.failed              claiming -> standby
    9.855  b      detach.lost                  primary
    9.908  a      standby.pending              standby
   10.372  a      claim.silent                 standby -> claiming
   10.374  a      claiming.failed              claiming -> standby
   10.420  a      standby.pending              standby
   10.661  b      lease.out                    primary -> cutting
   10.664  b      instance                     down
   10.691  b      cutting.proved               cutting -> fenced
   10.691  b      cut.majority_back            fenced -> asking
   10.870  b      asking.round                 asking
   10.932  a      claim.silent                 standby -> claiming
   10.933  a      claiming.failed              claiming -> standby
   11.049  a      standby.pending              standby
   11.454  a      claim.silent                 standby -> claiming
   11.456  a      claiming.failed              claiming -> standby
   11.500  a      standby.pending              standby
   11.560  a      standby.named                standby -> promoting
   11.560  a      promoting.promote            promoting
   11.637  a      instance                     promoted to timeline 3
   11.638  a      promoting.done               promoting -> proving
   11.638  a      proving.mark                 proving
   11.643  a      proving.open                 proving -> opening
   11.645  a      opening.done                 opening -> primary
   14.000  -      heal                         
   14.836  b      asking.seek                  asking -> seeking
   14.836  b      seeking.ask                  seeking
   14.836  b      seeking.refused              seeking -> staying-down
