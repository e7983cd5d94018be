# F1: a standby that nobody hears is isolated before the primary may let it go; until then commits wait.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 1.0 cut b
at 12.0 heal
at 12.1 boot b
at 12.5 start b -f
lasts 25
must fencing.begun on w by 4
must fencing.done on w by 4
must solo at 9
must switchable at 24
must acknowledged more than 100
never lost
expect
    0.100  -      load                         on
    1.000  -      cut                          b
    2.862  b      claim.silent                 standby -> claiming
    3.055  a      detach.lost                  primary
    3.058  w      fencing.begun                monitor detach b
    3.458  b      instance                     down
    3.458  w      fencing.done                 b
    3.461  a      round.accept                 primary
    3.466  a      names.follow_record          primary
   12.000  -      heal                         
   12.100  -      boot                         b
   12.500  -      start                        b -f
   12.500  b      recalling.done               recalling -> asking
   12.535  b      asking.round                 asking
   12.541  b      asking.seek                  asking -> seeking
   12.541  b      seeking.ask                  seeking
   12.543  b      seeking.start                seeking -> standby-starting
   12.613  b      instance                     up, standby
   12.613  b      standby_starting.up          standby-starting -> standby
   12.613  b      standby.open                 standby
   12.705  a      attach.tighten               primary
   12.855  a      attach.propose               primary
   12.858  a      attach.accept                primary
