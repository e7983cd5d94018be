# A standby's host dies with automatic off, and an operator detaches it so that commits go on. Its own operator starts it
# when it is repaired: it is back, though it has learnt only then that it was kept apart. So it is with one that was stopped.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 5.000 kill host b
at 8.000 detach a b
at 15.000 boot b
at 16.000 start b
at 30.000 stop b
at 33.000 detach a b
at 40.000 start b
lasts 60
must solo at 14
must switchable at 29
must solo at 39
must switchable at 59
never lost
never two acknowledging
expect
    5.000  -      kill                         host b
    5.000  b      instance                     down
    7.005  a      detach.report                primary
    8.000  -      detach                       a b
    8.000  a      apart.change                 primary
    8.003  a      round.accept                 primary
    8.007  a      detach.leaving               primary
    8.007  a      detach.report                primary
    8.011  a      round.accept                 primary
    8.015  a      names.follow_record          primary
    8.017  a      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
   15.000  -      boot                         b
   16.000  -      start                        b
   16.000  b      recalling.done               recalling -> asking
   16.005  b      asking.round                 asking
   16.032  a      apart.change                 primary
   16.035  a      round.accept                 primary
   16.105  b      asking.seek                  asking -> seeking
   16.105  b      seeking.ask                  seeking
   16.107  b      seeking.start                seeking -> standby-starting
   16.213  b      instance                     up, standby
   16.215  b      standby_starting.up          standby-starting -> standby
   16.215  b      standby.open                 standby
   16.405  a      attach.tighten               primary
   16.605  a      attach.propose               primary
   16.605  b      standby.ask                  standby
   16.607  a      attach.accept                primary
   30.000  -      stop                         b
   30.000  b      stop.standby                 standby -> standby-leaving
   30.000  a      detach.leaving               primary
   30.000  a      detach.report                primary
   30.003  a      round.accept                 primary
   30.006  a      names.follow_record          primary
   30.007  b      stop.detached                standby-leaving -> stopping
   30.048  b      instance                     down, clean
   30.048  b      stop.nothing_runs            stopping -> gone
   30.048  b      reply                        0: agent of server "b" stopped
   30.048  b      agent                        exits
   33.000  -      detach                       a b
   33.000  a      apart.change                 primary
   33.004  a      round.accept                 primary
   33.008  a      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
   40.000  -      start                        b
   40.000  b      recalling.done               recalling -> asking
   40.031  b      asking.round                 asking
   40.032  a      apart.change                 primary
   40.035  a      round.accept                 primary
   40.090  b      asking.seek                  asking -> seeking
   40.090  b      seeking.ask                  seeking
   40.091  b      seeking.start                seeking -> standby-starting
   40.172  b      instance                     up, standby
   40.173  b      standby_starting.up          standby-starting -> standby
   40.173  b      standby.open                 standby
   40.205  a      attach.tighten               primary
   40.405  a      attach.propose               primary
   40.408  a      attach.accept                primary
