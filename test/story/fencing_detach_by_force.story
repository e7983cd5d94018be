# F1: a detach by force isolates a standby that answers, too.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 2.0 detach a b force
at 12.0 boot b
at 12.1 start b
lasts 25
must fencing.done on w
must solo at 9
must switchable at 24
never lost
expect
    0.100  -      load                         on
    2.000  -      detach                       a b force
    2.000  a      apart.change                 primary
    2.003  w      fencing.begun                command detach b
    2.003  a      round.accept                 primary
    2.006  a      detach.leaving               primary
    2.010  a      round.accept                 primary
    2.013  a      names.follow_record          primary
    2.014  b      standby.ask                  standby
    2.014  a      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
    2.403  b      instance                     down
    2.403  w      fencing.done                 b
   12.000  -      boot                         b
   12.100  -      start                        b
   12.100  b      recalling.done               recalling -> asking
   12.127  b      asking.round                 asking
   12.127  a      apart.change                 primary
   12.135  b      asking.seek                  asking -> seeking
   12.135  b      seeking.ask                  seeking
   12.147  a      round.accept                 primary
   12.635  b      seeking.start                seeking -> standby-starting
   12.739  b      instance                     up, standby
   12.741  b      standby_starting.up          standby-starting -> standby
   12.741  b      standby.open                 standby
   12.905  a      attach.tighten               primary
   13.055  a      attach.propose               primary
   13.058  a      attach.accept                primary
