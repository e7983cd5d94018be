# What an operator forces does not start. It is tried so often as instances are, and then he is told.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 stop b
at 3.0 kill host a
at 4.0 instance b cannot start
at 4.0 start b
at 8.0 force b
at 30.0 instance b can start
at 31.0 force b
lasts 40
must forcing.cannot_start on b
must down b at 30.9
must primary b at 39
never two acknowledging
expect
    0.200  -      load                         on
    1.000  -      stop                         b
    1.000  b      stop.standby                 standby -> standby-leaving
    1.000  a      detach.leaving               primary
    1.003  a      round.accept                 primary
    1.007  a      names.follow_record          primary
    1.007  b      stop.detached                standby-leaving -> stopping
    1.048  b      instance                     down, clean
    1.048  b      stop.nothing_runs            stopping -> gone
    1.048  b      reply                        0: agent of server "b" stopped
    1.048  b      agent                        exits
    3.000  -      kill                         host a
    3.000  a      instance                     down
    4.000  -      instance                     b cannot start
    4.000  -      start                        b
    4.000  b      recalling.done               recalling -> asking
    4.010  b      asking.round                 asking
    4.017  b      asking.seek                  asking -> seeking
    8.000  -      force                        b
    8.000  b      force.begin                  seeking -> forcing
    8.000  b      forcing.start                forcing
    8.000  b      reply                        ... 0: server "b" has WAL up to 0/3005E60; whether anything was acknowledged after that, nobody who is heard can tell
    8.310  b      forcing.start                forcing
    9.240  b      forcing.cannot_start         forcing -> staying-down
    9.405  b      reply                        1: refused "switch --force": the instance does not start here
   30.000  -      instance                     b can start
   31.000  -      force                        b
   31.000  b      force.begin                  staying-down -> forcing
   31.000  b      forcing.start                forcing
   31.000  b      reply                        ... 0: server "b" has WAL up to 0/3005E60; whether anything was acknowledged after that, nobody who is heard can tell
   31.100  b      instance                     up, standby
   31.102  b      forcing.cut                  forcing
   31.104  b      forcing.propose              forcing
   31.107  b      forcing.accept               forcing
   31.111  b      forcing.named                forcing -> promoting
   31.111  b      promoting.promote            promoting
   31.168  b      instance                     promoted to timeline 2
   31.168  b      promoting.done               promoting -> proving
   31.168  b      proving.mark                 proving
   31.173  b      proving.open                 proving -> opening
   31.175  b      gate                         open
   31.175  b      opening.done                 opening -> primary
   31.176  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/3005E60
