# A switch is asked at a third server, which the primary does not hear. The operator is told that nothing was done, and
# nothing is done later either, when the primary hears that server again.
servers a b c
arbiters w
primary a
automatic on
begins switchable
at 5.000 cut a c
at 5.500 switch c b
at 25.000 heal a c
lasts 40
must primary a at 39
must switchable at 39
never switch.stop
never lost
never two acknowledging
expect
    0.068  c      standby.ask                  standby
    5.000  -      cut                          a c
    5.500  -      switch                       c b
   11.055  c      standby.missed               standby
   15.500  c      reply                        1: refused "switch": the primary does not answer
   21.055  c      standby.missed               standby
   25.000  -      heal                         a c
   25.050  c      standby.ask                  standby
