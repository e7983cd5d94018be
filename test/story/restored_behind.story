# Every server was lost, the primary's disk with it, and the WAL of its backup does not reach to the end: the standby is
# known to have had more. The recovery opens another line and says what is lost (E5). The standby's directory is refused
# until it is a new copy; the arbiter, which slept over the change of the line, follows: only with it b is detached later.
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
at 6.0 restore directory a without 200
at 6.5 start b
at 7.0 kill host w
at 8.0 start a -f
at 12.0 boot w
at 12.5 start w
at 13.0 stop b
at 14.0 backup directory a to b
at 14.5 start b -f
at 18.0 load on
at 21.0 kill host b
lasts 30
must restored.propose on a
must standby.refused on b
must primary a at 12
must switchable at 20
must detach.lost on a
must solo at 29
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
    6.000  -      restore                      directory a without 200
    6.500  -      start                        b
    6.500  b      recalling.done               recalling -> asking
    6.505  b      asking.round                 asking
    6.513  b      asking.start_standby         asking -> standby-starting
    6.576  b      instance                     up, standby
    6.577  b      standby_starting.up          standby-starting -> standby
    6.577  b      standby.open                 standby
    7.000  -      kill                         host w
    8.000  -      start                        a -f
    8.000  a      recalling.done               recalling -> asking
    8.037  b      standby.follow               standby
    8.037  a      asking.round                 asking
    8.439  a      restored.propose             asking
    8.443  a      round.accept                 asking
    8.447  a      restored.identity            asking
    8.453  a      asking.start_primary         asking -> starting
    8.527  a      instance                     up, primary, closed
    8.527  a      starting.up                  starting -> proving
    8.527  a      proving.open                 proving -> opening
    8.529  a      gate                         open
    8.529  a      opening.done                 opening -> primary
    8.530  b      standby.ask                  standby
    8.530  b      standby.refused              standby -> staying-down
    8.532  b      instance                     down
   12.000  -      boot                         w
   12.500  -      start                        w
   13.000  -      stop                         b
   13.000  b      stop.nothing_runs            staying-down -> gone
   13.000  b      reply                        0: agent of server "b" stopped
   13.000  b      agent                        exits
   14.000  -      backup                       directory a to b
   14.500  -      start                        b -f
   14.500  b      recalling.done               recalling -> asking
   14.530  b      asking.round                 asking
   14.537  b      asking.name_copy             asking
   14.543  b      asking.seek                  asking -> seeking
   14.543  b      seeking.ask                  seeking
   14.544  b      seeking.start                seeking -> standby-starting
   14.610  b      instance                     up, standby
   14.612  b      standby_starting.up          standby-starting -> standby
   14.612  b      standby.open                 standby
   14.805  a      attach.tighten               primary
   15.005  a      attach.propose               primary
   15.008  a      attach.accept                primary
   18.000  -      load                         on
   21.000  -      kill                         host b
   21.000  b      instance                     down
   23.005  a      detach.lost                  primary
   23.007  a      round.accept                 primary
   23.011  a      names.follow_record          primary
