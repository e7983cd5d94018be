# The primary served alone when its data directory was lost; its agent lives, and says so. It stands in nobody's way: an operator
# forces the standby, which may lack what was acknowledged since, without stopping that agent first. The voters hear no word of a
# lease any more from who has nothing to open.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 stop b
at 3.0 kill host a
at 3.0 remove directory a
at 3.5 boot a
at 3.6 start a -f
at 4.0 start b
at 6.0 force b
at 12.0 backup directory b to a
at 12.1 start a -f
lasts 25
must nobody at 5.9
must primary b at 11
must switchable at 24
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
    3.000  -      remove                       directory a
    3.500  -      boot                         a
    3.600  -      start                        a -f
    3.600  a      recalling.done               recalling -> asking
    3.608  a      asking.round                 asking
    3.615  a      asking.no_directory          asking -> idle
    4.000  -      start                        b
    4.000  b      recalling.done               recalling -> asking
    4.017  b      asking.round                 asking
    4.025  b      asking.seek                  asking -> seeking
    6.000  -      force                        b
    6.000  b      force.begin                  seeking -> forcing
    6.000  b      forcing.start                forcing
    6.000  b      reply                        ... 0: server "b" has WAL up to 0/3005E60; whether anything was acknowledged after that, nobody who is heard can tell
    6.067  b      instance                     up, standby
    6.068  b      forcing.cut                  forcing
    6.070  b      forcing.propose              forcing
    6.073  b      forcing.accept               forcing
    6.077  b      forcing.named                forcing -> promoting
    6.077  b      promoting.promote            promoting
    6.154  b      instance                     promoted to timeline 2
    6.154  b      promoting.done               promoting -> proving
    6.154  b      proving.mark                 proving
    6.159  b      proving.open                 proving -> opening
    6.161  b      gate                         open
    6.161  b      opening.done                 opening -> primary
    6.162  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/3005E60
   12.000  -      backup                       directory b to a
   12.005  a      idle.wanted                  idle -> asking
   12.005  a      asking.round                 asking
   12.011  a      asking.name_copy             asking
   12.016  a      asking.seek                  asking -> seeking
   12.016  a      seeking.ask                  seeking
   12.016  a      seeking.start                seeking -> standby-starting
   12.100  -      start                        a -f
   12.101  a      reply                        0: the agent of server "a" has taken the command
   12.116  a      instance                     up, standby
   12.118  a      standby_starting.up          standby-starting -> standby
   12.118  a      standby.open                 standby
   12.205  b      attach.tighten               primary
   12.405  b      attach.propose               primary
   12.408  b      attach.accept                primary
