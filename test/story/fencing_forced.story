# F1: an operator's force isolates the primary, as any takeover; where that fails it is refused, and --no-fencing goes on.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 0.2 command of w says well
at 1.0 stop b
at 3.0 kill host a
at 3.1 start b
at 8.0 force b
at 20.0 force b no fencing
lasts 35
must fencing.begun on w after 7
must nobody at 18
must primary b at 34
expect
    0.100  -      load                         on
    0.200  -      command                      of w says well
    1.000  -      stop                         b
    1.000  b      stop.standby                 standby -> standby-leaving
    1.000  a      detach.leaving               primary
    1.004  a      round.accept                 primary
    1.007  a      names.follow_record          primary
    1.008  b      stop.detached                standby-leaving -> stopping
    1.050  b      instance                     down, clean
    1.050  b      stop.nothing_runs            stopping -> gone
    1.050  b      reply                        0: agent of server "b" stopped
    1.050  b      agent                        exits
    3.000  -      kill                         host a
    3.000  a      instance                     down
    3.100  -      start                        b
    3.100  b      recalling.done               recalling -> asking
    3.133  b      asking.round                 asking
    3.140  b      asking.seek                  asking -> seeking
    8.000  -      force                        b
    8.000  b      reply                        ... 0: server "b" has WAL up to 0/3005D20; whether anything was acknowledged after that, nobody who is heard can tell
    8.000  b      fencing.begun                command switch a
    8.400  b      fencing.done                 a
    8.400  b      force.begin                  seeking -> forcing
    8.400  b      forcing.start                forcing
    8.478  b      instance                     up, standby
    8.480  b      forcing.cut                  forcing
    8.482  b      forcing.propose              forcing
    8.485  w      fencing.begun                command switch a
    8.885  w      fencing.failed               a
    8.885  b      forcing.left                 forcing -> asking
    8.885  b      asking.round                 asking
    8.885  b      reply                        3: refused "switch --force": the arbiter's fencing command did not isolate the primary, its log says why; --no-fencing goes on without
    8.893  b      asking.standby_runs          asking -> standby
    8.893  b      standby.open                 standby
    9.105  b      standby.missed               standby
   20.000  -      force                        b no fencing
   20.000  b      force.begin                  standby -> forcing
   20.000  b      forcing.cut                  forcing
   20.000  b      reply                        ... 0: server "b" has WAL up to 0/3005D20; whether anything was acknowledged after that, nobody who is heard can tell
   20.002  b      forcing.propose              forcing
   20.005  b      forcing.accept               forcing
   20.008  b      forcing.named                forcing -> promoting
   20.008  b      promoting.promote            promoting
   20.089  b      instance                     promoted to timeline 2
   20.089  b      promoting.done               promoting -> proving
   20.089  b      proving.names                proving
   20.092  b      proving.mark                 proving
   20.097  b      proving.open                 proving -> opening
   20.099  b      opening.done                 opening -> primary
   20.100  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/3005D20
