# A force is accepted by a majority, the server itself and the arbiter, and its agent dies before it hears so. The arbiter is silent then, and the primary heard
# again, which refuses it. What the own voter has accepted is not passed over: a majority without that voter would be needed that has not (E1). When the
# arbiter is back the force is found, and completed.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.1 load on
at 1.0 cut wal a b
at 8.0 cut agents a
at 13.0 force b
at 13.0085 kill agent b
at 13.0125 cut w
at 13.0130 heal a b
at 20.0 start b
at 40.0 heal
lasts 60
must primary b at 59
never lost
expect
    0.100  -      load                         on
    1.000  -      cut                          wal a b
    3.061  a      detach.lost                  primary
    3.063  a      round.accept                 primary
    3.067  a      names.follow_record          primary
    3.067  b      standby.ask                  standby
    8.000  -      cut                          agents a
   13.000  -      force                        b
   13.000  b      force.begin                  standby -> forcing
   13.000  b      forcing.cut                  forcing
   13.000  b      reply                        ... 0: server "b" has WAL up to 0/30058E8; up to 0/3024F40 is known to have been written: 128600 bytes at least would be lost
   13.002  b      forcing.propose              forcing
   13.005  b      forcing.accept               forcing
   13.008  -      kill                         agent b
   13.012  -      cut                          w
   13.013  -      heal                         a b
   13.128  b      monitor                      makes a new agent
   13.128  b      recalling.done               recalling -> asking
   13.136  b      asking.round                 asking
   20.000  -      start                        b
   20.002  b      reply                        0: the agent of server "b" has taken the command
   20.287  b      asking.round                 asking
   40.000  -      heal                         
   41.032  b      asking.promotion_unfinished  asking -> promoting
   41.032  b      promoting.cut                promoting
   41.033  a      primary.deposed              primary -> deposing
   41.036  b      promoting.promote            promoting
   41.036  a      instance                     down
   41.055  a      deposing.proved              deposing -> asking
   41.055  a      asking.round                 asking
   41.069  a      asking.seek                  asking -> seeking
   41.105  b      instance                     promoted to timeline 2
   41.106  b      promoting.done               promoting -> proving
   41.106  b      proving.names                proving
   41.106  a      seeking.ask                  seeking
   41.109  b      proving.mark                 proving
   41.114  b      proving.open                 proving -> opening
   41.116  b      opening.done                 opening -> primary
   41.606  a      seeking.refused              seeking -> staying-down
