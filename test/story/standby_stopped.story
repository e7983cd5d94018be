# The operator stops the standby: it leaves first, nobody waits for a timeout.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 stop b
at 4.0 start b
lasts 12
must stop.standby on b
must detach.leaving on a by 1.2
must stop.detached on b by 1.3
must outage below 0.3
must switchable at 12
never promoted b
expect
    1.000  -      stop                         b
    1.000  b      stop.standby                 standby -> standby-leaving
    1.000  a      detach.leaving               primary
    1.003  a      round.accept                 primary
    1.006  a      names.follow_record          primary
    1.007  b      stop.detached                standby-leaving -> stopping
    1.049  b      instance                     down, clean
    1.049  b      stop.nothing_runs            stopping -> gone
    1.049  b      reply                        0: agent of server "b" stopped
    1.049  b      agent                        exits
    4.000  -      start                        b
    4.000  b      recalling.done               recalling -> asking
    4.022  b      asking.round                 asking
    4.030  b      asking.seek                  asking -> seeking
    4.030  b      seeking.ask                  seeking
    4.031  b      seeking.start                seeking -> standby-starting
    4.110  b      instance                     up, standby
    4.111  b      standby_starting.up          standby-starting -> standby
    4.111  b      standby.open                 standby
    4.255  a      attach.tighten               primary
    4.455  a      attach.propose               primary
    4.457  a      attach.accept                primary
