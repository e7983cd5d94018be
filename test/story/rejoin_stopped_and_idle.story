# The operator stops a server while its directory is made over, and starts only its agent. When he wants the instance, too, the
# directory that was left half made over is made over from the beginning.
servers a b
arbiters w
primary a
automatic on
rejoin copy
begins switchable
at 1.95 cut wal a b
at 2.0 cut a
at 2.1 kill host a
at 6.0 boot a
at 6.0 heal
at 6.0 start a
at 6.4 stop a
at 7.0 start a --mc-only
at 12.0 start a
lasts 25
must stop.rejoining on a
must asking.not_wanted on a
must solo at 11
must switchable at 24
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
    6.400  -      stop                         a
    6.400  a      stop.rejoining               rejoining -> stopping
    6.400  a      stop.nothing_runs            stopping -> gone
    6.400  a      reply                        0: agent of server "a" stopped
    6.430  a      agent                        exits
    7.000  -      start                        a --mc-only
    7.000  a      recalling.done               recalling -> asking
    7.037  a      asking.round                 asking
    7.044  a      asking.not_wanted            asking -> idle
   12.000  -      start                        a
   12.001  a      reply                        0: the agent of server "a" has taken the command
   12.005  a      idle.interrupted             idle -> asking
   12.005  a      asking.round                 asking
   12.012  a      asking.interrupted           asking -> seeking
   12.012  a      seeking.rejoin_interrupted   seeking -> rejoining
   14.005  a      rejoining.done               rejoining -> asking
   14.005  a      asking.round                 asking
   14.011  a      asking.name_copy             asking
   14.016  a      asking.seek                  asking -> seeking
   14.016  a      seeking.ask                  seeking
   14.055  a      seeking.start                seeking -> standby-starting
   14.143  a      instance                     up, standby
   14.145  a      standby_starting.up          standby-starting -> standby
   14.145  a      standby.open                 standby
   14.255  b      attach.tighten               primary
   14.455  b      attach.propose               primary
   14.459  b      attach.accept                primary
