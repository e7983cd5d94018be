# Its operator stops a server that makes its directory over: it ends at once. Started again, it goes on.
servers a b
arbiters w
primary a
automatic on
rejoin rewind
begins switchable
at 1.95 cut wal a b
at 2.0 cut a
at 2.1 kill host a
at 6.0 boot a
at 6.0 heal
at 6.0 start a
at 6.5 stop a
at 9.0 start a
lasts 25
must stop.rejoining on a by 6.6
must seeking.rejoin_interrupted on a
must switchable at 25
never lost
expect
    1.950  -      cut                          wal a b
    2.000  -      cut                          a
    2.100  -      kill                         host a
    2.100  a      instance                     down
    3.862  b      claim.silent                 standby -> claiming
    3.866  b      claiming.cut                 claiming
    3.872  b      claiming.accept              claiming
    3.876  b      standby.named                claiming -> promoting
    3.876  b      promoting.promote            promoting
    3.956  b      instance                     promoted to timeline 2
    3.958  b      promoting.done               promoting -> proving
    3.958  b      proving.mark                 proving
    3.963  b      proving.open                 proving -> opening
    3.965  b      opening.done                 opening -> primary
    6.000  -      boot                         a
    6.000  -      heal                         
    6.000  -      start                        a
    6.000  a      recalling.done               recalling -> asking
    6.028  a      asking.round                 asking
    6.185  a      asking.seek                  asking -> seeking
    6.185  a      seeking.ask                  seeking
    6.188  a      seeking.rejoin               seeking -> rejoining
    6.500  -      stop                         a
    6.500  a      stop.rejoining               rejoining -> stopping
    6.500  a      stop.nothing_runs            stopping -> gone
    6.500  a      reply                        0: agent of server "a" stopped
    6.530  a      agent                        exits
    9.000  -      start                        a
    9.000  a      recalling.done               recalling -> asking
    9.013  a      asking.round                 asking
    9.020  a      asking.interrupted           asking -> seeking
    9.035  a      seeking.rejoin_interrupted   seeking -> rejoining
    9.805  a      rejoining.done               rejoining -> asking
    9.805  a      asking.round                 asking
    9.811  a      asking.name_copy             asking
    9.816  a      asking.seek                  asking -> seeking
    9.816  a      seeking.ask                  seeking
    9.855  a      seeking.start                seeking -> standby-starting
    9.940  a      instance                     up, standby
    9.941  a      standby_starting.up          standby-starting -> standby
    9.941  a      standby.open                 standby
   10.055  b      attach.tighten               primary
   10.255  b      attach.propose               primary
   10.258  b      attach.accept                primary
