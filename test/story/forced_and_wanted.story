# Only the agent is started, its server is forced, and the agent is killed before it knows the record to be chosen. The next one completes it. When the instance dies later it is started again, though nobody but the force
# has asked for an instance here.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 2.0 stop b
at 8.0 kill host a
at 9.0 start b --mc-only
at 19.9 force b
at 19.9973 kill agent b
at 40 kill instance b
lasts 60
must primary b at 59
expect
    0.200  -      load                         on
    2.000  -      stop                         b
    2.000  b      stop.standby                 standby -> standby-leaving
    2.000  a      detach.leaving               primary
    2.003  a      round.accept                 primary
    2.006  a      names.follow_record          primary
    2.006  b      stop.detached                standby-leaving -> stopping
    2.048  b      instance                     down, clean
    2.048  b      stop.nothing_runs            stopping -> gone
    2.048  b      reply                        0: agent of server "b" stopped
    2.048  b      agent                        exits
    8.000  -      kill                         host a
    8.000  a      instance                     down
    9.000  -      start                        b --mc-only
    9.000  b      recalling.done               recalling -> asking
    9.020  b      asking.round                 asking
    9.027  b      asking.not_wanted            asking -> idle
   19.900  -      force                        b
   19.900  b      force.begin                  idle -> forcing
   19.900  b      forcing.start                forcing
   19.900  b      reply                        ... 0: server "b" has WAL up to 0/300B5E0; whether anything was acknowledged after that, nobody who is heard can tell
   19.988  b      instance                     up, standby
   19.990  b      forcing.cut                  forcing
   19.992  b      forcing.propose              forcing
   19.995  b      forcing.accept               forcing
   19.997  -      kill                         agent b
   20.117  b      monitor                      makes a new agent
   20.117  b      recalling.done               recalling -> asking
   20.133  b      asking.round                 asking
   20.140  b      asking.promotion_unfinished  asking -> promoting
   20.140  b      promoting.cut                promoting
   20.143  b      promoting.promote            promoting
   20.200  b      instance                     promoted to timeline 2
   20.201  b      promoting.done               promoting -> proving
   20.201  b      proving.names                proving
   20.204  b      proving.mark                 proving
   20.209  b      proving.open                 proving -> opening
   20.211  b      gate                         open
   20.211  b      opening.done                 opening -> primary
   40.000  -      kill                         instance b
   40.000  b      primary.gone                 primary -> failing
   40.003  b      instance                     down
   40.030  b      failing.restart              failing -> asking
   40.030  b      asking.known_solo            asking
   40.030  b      asking.start_primary         asking -> starting
   40.091  b      instance                     up, primary, closed
   40.092  b      starting.up                  starting -> proving
   40.092  b      proving.open                 proving -> opening
   40.094  b      gate                         open
   40.094  b      opening.done                 opening -> primary
