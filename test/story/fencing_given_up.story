# F2: who is isolated comes back when whoever was to take its place is gone: then it may speak again, a while after nobody
# has asked for its isolation any more.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 1.0 cut a
at 3.1 kill host b
at 5.0 heal
at 6.0 boot a
at 6.1 start a -f
at 30.0 boot b
at 30.1 start b -f
lasts 50
must fencing.done on w by 4
must nobody at 10
must primary a at 28
must switchable at 49
never promoted b
never lost
expect
    0.100  -      load                         on
    1.000  -      cut                          a
    2.261  a      lease.out                    primary -> cutting
    2.264  a      instance                     down
    2.291  a      cutting.proved               cutting -> fenced
    2.291  a      cut.majority_back            fenced -> asking
    2.291  a      asking.round                 asking
    2.862  b      claim.silent                 standby -> claiming
    2.865  w      fencing.begun                monitor switch a
    3.100  -      kill                         host b
    3.100  b      instance                     down
    3.265  w      fencing.done                 a
    5.000  -      heal                         
    6.000  -      boot                         a
    6.100  -      start                        a -f
    6.100  a      recalling.done               recalling -> asking
    6.136  a      asking.round                 asking
   13.191  a      asking.start_primary         asking -> starting
   13.275  a      instance                     up, primary, closed
   13.276  a      starting.up                  starting -> proving
   13.276  a      proving.names                proving
   13.876  a      detach.lost                  proving
   13.879  w      fencing.begun                monitor detach b
   14.279  w      fencing.done                 b
   14.282  a      round.accept                 proving
   14.285  a      proving.names                proving
   14.289  a      proving.open                 proving -> opening
   14.291  a      gate                         open
   14.291  a      opening.done                 opening -> primary
   30.000  -      boot                         b
   30.100  -      start                        b -f
   30.100  b      recalling.done               recalling -> asking
   30.104  b      asking.round                 asking
   30.322  b      asking.seek                  asking -> seeking
   30.322  b      seeking.ask                  seeking
   30.325  b      seeking.start                seeking -> standby-starting
   30.418  b      instance                     up, standby
   30.419  b      standby_starting.up          standby-starting -> standby
   30.419  b      standby.open                 standby
   30.505  a      attach.tighten               primary
   30.705  a      attach.propose               primary
   30.709  a      attach.accept                primary
