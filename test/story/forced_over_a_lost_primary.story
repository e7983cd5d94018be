# The primary was alone when its host was lost, and the standby lacks what it had acknowledged since. Nobody takes over by
# himself. An operator is shown the loss and forces it (E5): with the arbiter's vote a new line of the record begins.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 stop b
at 3.0 kill host a
at 4.0 start b --mc-only
at 9.0 start b
at 12.0 force b
lasts 20
must nobody at 11
must forcing.accept on b
must forcing.named on b
must primary b at 18
never forcing.accept on b by 12
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
    4.000  -      start                        b --mc-only
    4.000  b      recalling.done               recalling -> asking
    4.010  b      asking.round                 asking
    4.017  b      asking.not_wanted            asking -> idle
    9.000  -      start                        b
    9.000  b      idle.wanted                  idle -> asking
    9.000  b      asking.round                 asking
    9.001  b      reply                        0: the agent of server "b" has taken the command
    9.007  b      asking.seek                  asking -> seeking
   12.000  -      force                        b
   12.000  b      force.begin                  seeking -> forcing
   12.000  b      forcing.start                forcing
   12.000  b      reply                        ... 0: server "b" has WAL up to 0/3005E60; whether anything was acknowledged after that, nobody who is heard can tell
   12.092  b      instance                     up, standby
   12.094  b      forcing.cut                  forcing
   12.096  b      forcing.propose              forcing
   12.100  b      forcing.accept               forcing
   12.103  b      forcing.named                forcing -> promoting
   12.103  b      promoting.promote            promoting
   12.164  b      instance                     promoted to timeline 2
   12.164  b      promoting.done               promoting -> proving
   12.164  b      proving.mark                 proving
   12.169  b      proving.open                 proving -> opening
   12.171  b      gate                         open
   12.171  b      opening.done                 opening -> primary
   12.172  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/3005E60
