# A deposed primary comes back and hears nobody: it does not even start (P1).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill host a
at 6.0 cut a
at 6.0 boot a
at 6.5 start a
at 14.0 heal
lasts 24
must primary b at 5
must primary b at 13
never asking.start_primary on a
never lost
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.862  b      claim.silent                 standby -> claiming
    2.865  b      claiming.cut                 claiming
    2.871  b      claiming.accept              claiming
    2.875  b      standby.named                claiming -> promoting
    2.875  b      promoting.promote            promoting
    2.934  b      instance                     promoted to timeline 2
    2.934  b      promoting.done               promoting -> proving
    2.934  b      proving.mark                 proving
    2.939  b      proving.open                 proving -> opening
    2.941  b      opening.done                 opening -> primary
    6.000  -      cut                          a
    6.000  -      boot                         a
    6.500  -      start                        a
    6.500  a      recalling.done               recalling -> asking
   14.000  -      heal                         
   14.005  a      asking.round                 asking
   14.144  a      asking.seek                  asking -> seeking
   14.144  a      seeking.ask                  seeking
   14.146  a      standby.take_chain           seeking
   14.151  a      seeking.start                seeking -> standby-starting
   14.237  a      instance                     up, standby
   14.239  a      standby_starting.up          standby-starting -> standby
   14.239  a      standby.open                 standby
   14.305  b      attach.tighten               primary
   14.455  b      attach.propose               primary
   14.458  b      attach.accept                primary
