# The operator recovers once more, to an earlier point, while the standby's server is away: it sleeps through two changes
# of the line, and follows all the same.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory a
at 1.0 kill host b
at 5.0 kill host a
at 6.0 boot a
at 6.5 restore directory a without 10
at 7.0 start a -f
at 11.0 stop a
at 13.0 copy directory a
at 13.5 restore directory a
at 14.0 start a -f
at 18.0 boot b
at 18.0 backup directory a to b
at 19.0 start b -f
lasts 30
must restored.propose on a
must primary a at 17
must switchable at 29
never lost
never two acknowledging
expect
    0.200  -      load                         on
    0.500  -      copy                         directory a
    1.000  -      kill                         host b
    1.000  b      instance                     down
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    5.000  -      kill                         host a
    5.000  a      instance                     down
    6.000  -      boot                         a
    6.500  -      restore                      directory a without 10
    7.000  -      start                        a -f
    7.000  a      recalling.done               recalling -> asking
    7.040  a      asking.round                 asking
    9.005  a      restored.propose             asking
    9.008  a      round.accept                 asking
    9.012  a      restored.identity            asking
    9.018  a      asking.start_primary         asking -> starting
    9.084  a      instance                     up, primary, closed
    9.084  a      starting.up                  starting -> proving
    9.084  a      proving.open                 proving -> opening
    9.086  a      gate                         open
    9.086  a      opening.done                 opening -> primary
   11.000  -      stop                         a
   11.000  a      stop.primary                 primary -> leaving
   11.040  a      instance                     down, clean
   11.040  a      leaving.done                 leaving -> gone
   11.040  a      reply                        0: agent of server "a" stopped
   11.040  a      agent                        exits
   13.000  -      copy                         directory a
   13.500  -      restore                      directory a
   14.000  -      start                        a -f
   14.000  a      recalling.done               recalling -> asking
   14.022  a      asking.round                 asking
   16.005  a      restored.propose             asking
   16.008  a      round.accept                 asking
   16.012  a      restored.identity            asking
   16.019  a      asking.start_primary         asking -> starting
   16.123  a      instance                     up, primary, closed
   16.125  a      starting.up                  starting -> proving
   16.125  a      proving.open                 proving -> opening
   16.127  a      gate                         open
   16.127  a      opening.done                 opening -> primary
   18.000  -      boot                         b
   18.000  -      backup                       directory a to b
   19.000  -      start                        b -f
   19.000  b      recalling.done               recalling -> asking
   19.028  b      asking.round                 asking
   19.149  b      asking.name_copy             asking
   19.155  b      asking.seek                  asking -> seeking
   19.155  b      seeking.ask                  seeking
   19.156  b      seeking.start                seeking -> standby-starting
   19.260  b      instance                     up, standby
   19.262  b      standby_starting.up          standby-starting -> standby
   19.262  b      standby.open                 standby
   19.405  a      attach.tighten               primary
   19.605  a      attach.propose               primary
   19.608  a      attach.accept                primary
