# As in forced_over_a_lost_directory, but the agent of the standby has just been restarted when its operator forces it. Its own
# voter may have granted the former primary a lease in the run before, and does not know it any more: it refuses the round of
# its own server as it would refuse another's, and the force goes on when such a lease is out.
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
at 5.8 kill agent b
at 7.4 force b
at 12.0 backup directory b to a
at 12.1 start a -f
lasts 25
must forcing.propose on b by 7.5
must nobody at 7.6
never forcing.accept on b by 7.7
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
    5.800  -      kill                         agent b
    5.920  b      monitor                      makes a new agent
    5.920  b      recalling.done               recalling -> asking
    5.934  b      asking.round                 asking
    5.942  b      asking.seek                  asking -> seeking
    7.400  -      force                        b
    7.400  b      force.begin                  seeking -> forcing
    7.400  b      forcing.start                forcing
    7.400  b      reply                        ... 0: server "b" has WAL up to 0/3005E60; whether anything was acknowledged after that, nobody who is heard can tell
    7.473  b      instance                     up, standby
    7.474  b      forcing.cut                  forcing
    7.476  b      forcing.propose              forcing
    7.766  b      forcing.accept               forcing
    7.770  b      forcing.named                forcing -> promoting
    7.770  b      promoting.promote            promoting
    7.828  b      instance                     promoted to timeline 2
    7.829  b      promoting.done               promoting -> proving
    7.829  b      proving.mark                 proving
    7.834  b      proving.open                 proving -> opening
    7.836  b      gate                         open
    7.836  b      opening.done                 opening -> primary
    7.836  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/3005E60
   12.000  -      backup                       directory b to a
   12.005  a      idle.wanted                  idle -> asking
   12.005  a      asking.round                 asking
   12.011  a      asking.name_copy             asking
   12.016  a      asking.seek                  asking -> seeking
   12.016  a      seeking.ask                  seeking
   12.100  -      start                        a -f
   12.100  a      asking.round                 asking
   12.101  a      reply                        0: the agent of server "a" has taken the command
   12.205  a      asking.seek                  asking -> seeking
   12.205  a      seeking.start                seeking -> standby-starting
   12.274  a      instance                     up, standby
   12.275  a      standby_starting.up          standby-starting -> standby
   12.275  a      standby.open                 standby
   12.405  b      attach.tighten               primary
   12.516  a      standby.ask                  standby
   12.525  b      attach.propose               primary
   12.528  b      attach.accept                primary
