# Every server was lost, the primary's disk with it. What was recovered from its backup reaches as far as the standby: the
# record goes on, and nothing is lost. The standby's own directory does not follow from it: it is copied anew.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory a
at 2.0 load off
at 3.0 kill host a
at 3.0 kill host b
at 5.0 boot a
at 5.0 boot b
at 6.0 restore directory a
at 6.5 start b
at 8.0 start a -f
at 13.0 stop b
at 14.0 backup directory a to b
at 14.5 start b -f
lasts 30
must primary a at 12
must switchable at 29
never lost
never two acknowledging
expect
    0.200  -      load                         on
    0.500  -      copy                         directory a
    2.000  -      load                         off
    3.000  -      kill                         host a
    3.000  a      instance                     down
    3.000  -      kill                         host b
    3.000  b      instance                     down
    5.000  -      boot                         a
    5.000  -      boot                         b
    6.000  -      restore                      directory a
    6.500  -      start                        b
    6.500  b      recalling.done               recalling -> asking
    6.505  b      asking.round                 asking
    6.513  b      asking.start_standby         asking -> standby-starting
    6.603  b      instance                     up, standby
    6.603  b      standby_starting.up          standby-starting -> standby
    6.603  b      standby.open                 standby
    8.000  -      start                        a -f
    8.000  a      recalling.done               recalling -> asking
    8.008  a      asking.round                 asking
    8.421  a      restored.propose             asking
    8.424  a      round.accept                 asking
    8.427  a      restored.identity            asking
    8.433  a      asking.start_primary         asking -> starting
    8.521  a      instance                     up, primary, closed
    8.521  a      starting.up                  starting -> proving
    8.521  a      proving.open                 proving -> opening
    8.523  a      gate                         open
    8.523  a      opening.done                 opening -> primary
    8.523  b      standby.ask                  standby
    8.524  b      standby.refused              standby -> staying-down
    8.525  b      instance                     down
   13.000  -      stop                         b
   13.000  b      stop.nothing_runs            staying-down -> gone
   13.000  b      reply                        0: agent of server "b" stopped
   13.000  b      agent                        exits
   14.000  -      backup                       directory a to b
   14.500  -      start                        b -f
   14.500  b      recalling.done               recalling -> asking
   14.512  b      asking.round                 asking
   14.519  b      asking.name_copy             asking
   14.525  b      asking.seek                  asking -> seeking
   14.525  b      seeking.ask                  seeking
   14.525  b      seeking.start                seeking -> standby-starting
   14.634  b      instance                     up, standby
   14.635  b      standby_starting.up          standby-starting -> standby
   14.635  b      standby.open                 standby
   14.805  a      attach.tighten               primary
   15.005  a      attach.propose               primary
   15.008  a      attach.accept                primary
