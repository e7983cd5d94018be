# An attachment is begun and given up, each time for another reason: the standby's operator stops it, its voter cannot
# write, its agent is not heard while nothing can be decided. The first one ended before it was proved: that is waited
# for, five seconds. In the end it is attached.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 backup directory a to b
at 1.30 stop b
at 8.0 start b
at 8.32 disk of b full
at 12.0 disk of b works
at 12.6 disk of w hangs
at 12.7 cut agents a b
at 20.0 disk of w works
at 20.0 heal
lasts 40
must join.waited on a by 7
must attach.proof_stale on a by 9
must join.broken on a after 12 by 19
must switchable at 40
never lost
expect
    1.000  -      backup                       directory a to b
    1.055  b      idle.wanted                  idle -> asking
    1.055  b      asking.round                 asking
    1.061  b      asking.name_copy             asking
    1.066  b      asking.seek                  asking -> seeking
    1.066  b      seeking.ask                  seeking
    1.066  b      seeking.start                seeking -> standby-starting
    1.128  b      instance                     up, standby
    1.130  b      standby_starting.up          standby-starting -> standby
    1.130  b      standby.open                 standby
    1.255  a      attach.tighten               primary
    1.300  -      stop                         b
    1.300  b      stop.other                   standby -> stopping
    1.340  b      instance                     down, clean
    1.340  b      stop.nothing_runs            stopping -> gone
    1.340  b      reply                        0: agent of server "b" stopped
    1.340  b      agent                        exits
    6.286  a      join.waited                  primary
    6.286  a      names.follow_record          primary
    8.000  -      start                        b
    8.000  b      recalling.done               recalling -> asking
    8.004  b      asking.round                 asking
    8.012  b      asking.seek                  asking -> seeking
    8.012  b      seeking.ask                  seeking
    8.013  b      seeking.start                seeking -> standby-starting
    8.098  b      instance                     up, standby
    8.099  b      standby_starting.up          standby-starting -> standby
    8.099  b      standby.open                 standby
    8.255  a      attach.tighten               primary
    8.320  -      disk                         of b full
    8.455  a      attach.propose               primary
    8.458  a      attach.proof_stale           primary
    8.458  a      names.follow_record          primary
    8.512  b      standby.ask                  standby
   12.000  -      disk                         of b works
   12.512  b      standby.follow               standby
   12.600  -      disk                         of w hangs
   12.655  a      attach.tighten               primary
   12.700  -      cut                          agents a b
   12.855  a      attach.propose               primary
   13.012  b      standby.ask                  standby
   14.855  a      join.broken                  primary
   14.855  a      names.follow_record          primary
   18.605  b      standby.missed               standby
   20.000  -      disk                         of w works
   20.000  -      heal                         
   20.050  b      standby.ask                  standby
   20.055  b      standby.follow               standby
   20.255  a      attach.tighten               primary
   20.455  a      attach.propose               primary
   20.458  a      attach.accept                primary
