# F1: an operator's detach of a standby that is silent isolates it, too, and says why not; --no-fencing goes on without.
servers a b
arbiters w
primary a
automatic off
fencing on
begins switchable
at 0.1 load on
at 0.2 command of w says well
at 1.0 cut b
at 4.0 detach a b
at 16.0 detach a b no fencing
lasts 25
must fencing.begun on w after 3
must fencing.failed on w
must apart.change on a
must solo at 24
never lost
expect
    0.100  -      load                         on
    0.200  -      command                      of w says well
    1.000  -      cut                          b
    3.005  a      detach.report                primary
    4.000  -      detach                       a b
    4.000  a      apart.change                 primary
    4.003  w      fencing.begun                command detach b
    4.403  w      fencing.failed               b
    4.403  a      reply                        3: refused "detach": the arbiter's fencing command did not isolate it, its log says why; --no-fencing goes on without
   16.000  -      detach                       a b no fencing
   16.000  a      apart.change                 primary
   16.003  a      round.accept                 primary
   16.007  a      detach.leaving               primary
   16.007  a      detach.report                primary
   16.011  a      round.accept                 primary
   16.015  a      names.follow_record          primary
   16.016  a      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
