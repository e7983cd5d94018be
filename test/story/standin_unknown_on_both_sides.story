# As standin_unknown_to_its_server, and the primary dies likewise: each has accepted a decision of its own and knows of no chosen one. The operator gives up that of
# one server; the other completes its own.
servers a b
primary a
automatic on
silence fallback
begins switchable
at 0.1 load on
at 9.0 cut a b
at 9.0 trap b after persist 2 kill host
at 15.0 trap a after persist 2 kill host
at 38.0 heal
at 38.0 boot b
at 38.0 boot a
at 38.5 start b -f
at 38.5 start a -f
at 60 rejoin b
lasts 80
must primary a at 79
must switchable at 79
never lost
never two acknowledging
expect
    0.100  -      load                         on
    9.000  -      cut                          a b
    9.000  -      trap                         b after persist 2 kill host
   10.262  a      lease.out                    primary -> cutting
   10.263  a      instance                     down
   10.292  a      cutting.proved               cutting -> fenced
   10.292  a      cut.majority_back            fenced -> asking
   10.292  a      asking.round                 asking
   11.055  b      claim.stand_in               standby -> claiming
   11.056  b      claiming.cut                 claiming
   11.062  b      claiming.accept              claiming
   11.064  -      trap                         springs on b
   11.064  b      instance                     down
   15.000  -      trap                         a after persist 2 kill host
   19.892  a      standin.detach               asking
   19.893  a      round.accept                 asking
   19.895  -      trap                         springs on a
   38.000  -      heal                         
   38.000  -      boot                         b
   38.000  -      boot                         a
   38.500  -      start                        b -f
   38.500  -      start                        a -f
   38.500  b      recalling.done               recalling -> asking
   38.500  a      recalling.done               recalling -> asking
   38.525  b      asking.round                 asking
   38.525  a      asking.round                 asking
   60.000  -      rejoin                       b
   60.000  b      reply                        ... 0: server "b" has decided alone, for epoch 3, when the other one was silent, and was stopped before it knew of it
   60.001  b      reply                        0: server "b" gives up what it has decided alone
   60.507  b      asking.round                 asking
   60.513  b      asking.seek                  asking -> seeking
   61.973  a      asking.start_primary         asking -> starting
   62.075  a      instance                     up, primary, closed
   62.077  a      starting.up                  starting -> proving
   62.077  a      proving.mark                 proving
   62.082  a      proving.open                 proving -> opening
   62.084  a      gate                         open
   62.084  a      opening.done                 opening -> primary
   62.084  b      seeking.ask                  seeking
   62.086  b      standby.take_chain           seeking
   62.091  b      seeking.start                seeking -> standby-starting
   62.168  b      instance                     up, standby
   62.169  b      standby_starting.up          standby-starting -> standby
   62.169  b      standby.open                 standby
   62.305  a      attach.tighten               primary
   62.505  a      attach.propose               primary
   62.508  a      attach.accept                primary
