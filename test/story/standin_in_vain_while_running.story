# Section 8 with fallback: the standby's own decision becomes durable only when its disk works again, long after its time to take over; the primary has let it go alone meanwhile. The standby runs, and waits: its
# operator gives that decision up, and it follows.
servers a b
primary a
automatic on
silence fallback
begins switchable
at 0.1 load on
at 9.0 cut a b
at 11.057 disk of b hangs
at 25.0 disk of b works
at 38.0 heal
at 45 rejoin b
lasts 90
must primary a at 37
must switchable at 89
never lost
never two acknowledging
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
   11.057  -      disk                         of b hangs
   11.062  b      claiming.accept              claiming
   12.055  b      claiming.failed              claiming -> standby
   12.271  b      claim.stand_in               standby -> claiming
   14.271  b      claiming.failed              claiming -> standby
   14.584  b      claim.stand_in               standby -> claiming
   18.584  b      claiming.failed              claiming -> standby
   19.892  a      standin.detach               asking
   19.893  a      round.accept                 asking
   19.894  a      asking.start_primary         asking -> starting
   19.972  a      instance                     up, primary, closed
   19.973  a      starting.up                  starting -> proving
   19.973  a      proving.mark                 proving
   19.978  a      proving.open                 proving -> opening
   19.980  a      gate                         open
   19.980  a      opening.done                 opening -> primary
   25.000  -      disk                         of b works
   38.000  -      heal                         
   45.000  -      rejoin                       b
   45.000  b      asking.round                 asking
   45.000  b      reply                        ... 0: server "b" has decided alone, for epoch 3, when the other one was silent, and was stopped before it knew of it
   45.001  b      reply                        0: server "b" gives up what it has decided alone
   45.007  b      asking.standby_runs          asking -> standby
   45.007  b      standby.ask                  standby
   45.009  b      standby.take_chain           standby
   45.014  b      standby.follow               standby
   45.055  a      attach.tighten               primary
   45.255  a      attach.propose               primary
   45.258  a      attach.accept                primary
