# Two lines have met, and both primaries have stopped. One host dies, and the other is restarted: what it knows of the other line
# outlives that, and it does not open. Its operator chooses it all the same, and stands in for the one that is silent; that one
# follows when it is back, for its line was given up by name (E5).
servers a b
primary a
automatic on
silence fallback
rejoin rewind
begins switchable
at 0.1 load on
at 9.0 cut a b
at 24.0 heal
at 26.0 kill host b
at 27.0 kill host a
at 28.0 boot a
at 28.5 start a -f
at 40.0 force a
at 41.0 force a without b
at 50.0 boot b
at 50.5 start b -f
lasts 70
must nobody at 25
must nobody at 40
must forcing.propose on a after 41
must primary a at 44
must switchable at 69
never split.stops after 27
expect
    0.100  -      load                         on
    9.000  -      cut                          a b
   10.262  a      lease.out                    primary -> cutting
   10.263  a      instance                     down
   10.292  a      cutting.proved               cutting -> fenced
   10.292  a      cut.majority_back            fenced -> asking
   10.292  a      asking.round                 asking
   11.055  b      claim.stand_in               standby -> claiming
   11.056  b      claiming.cut                 claiming
   11.062  b      claiming.accept              claiming
   11.064  b      standby.named                claiming -> promoting
   11.064  b      promoting.promote            promoting
   11.122  b      instance                     promoted to timeline 2
   11.122  b      promoting.done               promoting -> proving
   11.122  b      proving.mark                 proving
   11.127  b      proving.open                 proving -> opening
   11.129  b      opening.done                 opening -> primary
   19.892  a      standin.detach               asking
   19.893  a      round.accept                 asking
   19.895  a      asking.start_primary         asking -> starting
   19.897  -      parted                       epoch 3 of a, and of b
   19.983  a      instance                     up, primary, closed
   19.983  a      starting.up                  starting -> proving
   19.983  a      proving.mark                 proving
   19.988  a      proving.open                 proving -> opening
   19.990  a      gate                         open
   19.990  a      opening.done                 opening -> primary
   24.000  -      heal                         
   24.051  a      split.stops                  primary -> deposing
   24.051  b      split.stops                  primary -> deposing
   24.052  a      instance                     down
   24.054  b      instance                     down
   24.055  a      deposing.proved              deposing -> asking
   24.055  b      deposing.proved              deposing -> asking
   24.081  a      split.waits                  asking -> idle
   24.081  b      split.waits                  asking -> idle
   26.000  -      kill                         host b
   27.000  -      kill                         host a
   28.000  -      boot                         a
   28.500  -      start                        a -f
   28.500  a      recalling.done               recalling -> asking
   28.505  a      split.waits                  asking -> idle
   40.000  -      force                        a
   40.000  a      reply                        ... 0: the line of server "b", epoch 3, is what is given up; how far it has come is not known, the server is silent
   40.000  a      reply                        3: refused: the loss is accepted by mc_ctl switch --force --without b
   41.000  -      force                        a without b
   41.000  a      force.begin                  idle -> forcing
   41.000  a      forcing.start                forcing
   41.000  a      reply                        ... 0: the line of server "b", epoch 3, is what is given up; how far it has come is not known, the server is silent
   41.090  a      instance                     up, standby
   41.092  a      forcing.cut                  forcing
   41.094  a      forcing.propose              forcing
   41.095  a      forcing.accept               forcing
   41.096  a      forcing.named                forcing -> promoting
   41.096  a      promoting.promote            promoting
   41.158  a      instance                     promoted to timeline 2
   41.159  a      promoting.done               promoting -> proving
   41.159  a      proving.mark                 proving
   41.164  a      proving.open                 proving -> opening
   41.166  a      gate                         open
   41.166  a      opening.done                 opening -> primary
   41.305  a      reply                        0: server "a" is the primary by force since epoch 4, with WAL up to 0/3031920
   50.000  -      boot                         b
   50.500  -      start                        b -f
   50.500  b      recalling.done               recalling -> asking
   50.505  b      split.waits                  asking -> idle
   50.518  b      idle.wanted                  idle -> asking
   50.518  b      asking.round                 asking
   50.644  b      asking.seek                  asking -> seeking
   50.644  b      seeking.ask                  seeking
   50.705  b      seeking.rejoin               seeking -> rejoining
   51.705  b      rejoining.done               rejoining -> asking
   51.705  b      asking.round                 asking
   51.711  b      asking.name_copy             asking
   51.716  b      asking.seek                  asking -> seeking
   51.716  b      seeking.ask                  seeking
   51.717  b      seeking.start                seeking -> standby-starting
   51.824  b      instance                     up, standby
   51.825  b      standby_starting.up          standby-starting -> standby
   51.825  b      standby.open                 standby
   51.905  a      attach.tighten               primary
   52.105  a      attach.propose               primary
   52.108  a      attach.accept                primary
