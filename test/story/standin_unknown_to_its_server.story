# Section 8 with fallback, and the network between the two is cut. The standby accepts its own takeover and dies before it knows it to be chosen; the primary lets it
# go alone. When both are back neither decision gives way to the other: the operator gives up that of the standby, and it follows.
servers a b
primary a
automatic on
silence fallback
begins switchable
at 0.1 load on
at 9.0 cut a b
at 9.0 trap b after persist 2 kill host
at 38.0 heal
at 38.0 boot b
at 38.5 start b -f
at 45 rejoin b
lasts 70
must standin.detach on a
must primary a at 37
must switchable at 69
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
   19.892  a      standin.detach               asking
   19.893  a      round.accept                 asking
   19.895  a      asking.start_primary         asking -> starting
   19.976  a      instance                     up, primary, closed
   19.977  a      starting.up                  starting -> proving
   19.977  a      proving.mark                 proving
   19.982  a      proving.open                 proving -> opening
   19.984  a      gate                         open
   19.984  a      opening.done                 opening -> primary
   38.000  -      heal                         
   38.000  -      boot                         b
   38.500  -      start                        b -f
   38.500  b      recalling.done               recalling -> asking
   38.514  b      asking.round                 asking
   38.514  b      split.waits                  asking -> idle
   45.000  -      rejoin                       b
   45.000  b      asking.round                 asking
   45.000  b      reply                        ... 0: server "b" has decided alone, for epoch 3, when the other one was silent, and was stopped before it knew of it
   45.001  b      reply                        0: server "b" gives up what it has decided alone
   45.008  b      asking.seek                  asking -> seeking
   45.008  b      seeking.ask                  seeking
   45.010  b      standby.take_chain           seeking
   45.015  b      seeking.start                seeking -> standby-starting
   45.118  b      instance                     up, standby
   45.119  b      standby_starting.up          standby-starting -> standby
   45.119  b      standby.open                 standby
   45.305  a      attach.tighten               primary
   45.455  a      attach.propose               primary
   45.458  a      attach.accept                primary
