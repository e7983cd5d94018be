# An operator wants a standby back that cannot be attached yet, and then detaches it again: the second word counts. When
# it could be attached it is not, until it is started once more.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 5.000 detach b b
at 11.000 cut wal a b
at 12.500 start b
at 20.000 detach a b
at 32.000 heal wal a b
at 45.000 start b
lasts 60
must solo at 19
must solo at 31
must solo at 44
must switchable at 59
never lost
never two acknowledging
expect
    5.000  -      detach                       b b
    5.000  a      apart.change                 primary
    5.004  a      round.accept                 primary
    5.007  a      detach.leaving               primary
    5.011  a      round.accept                 primary
    5.014  a      names.follow_record          primary
    5.014  b      standby.ask                  standby
    5.016  b      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
    5.514  b      standby.ask                  standby
   11.000  -      cut                          wal a b
   12.500  -      start                        b
   12.501  b      reply                        0: the agent of server "b" has taken the command
   12.514  b      standby.ask                  standby
   12.614  a      apart.change                 primary
   12.617  a      round.accept                 primary
   20.000  -      detach                       a b
   20.000  a      apart.change                 primary
   20.003  a      round.accept                 primary
   20.008  a      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
   32.000  -      heal                         wal a b
   45.000  -      start                        b
   45.001  b      reply                        0: the agent of server "b" has taken the command
   45.014  b      standby.ask                  standby
   45.055  a      apart.change                 primary
   45.059  a      round.accept                 primary
   45.062  a      attach.tighten               primary
   45.255  a      attach.propose               primary
   45.258  a      attach.accept                primary
