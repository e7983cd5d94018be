# With automatic off a silent standby holds commits up until an operator detaches it. It comes back, is kept apart, and is attached again
# when its operator starts it, though automatic is off.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 5.000 freeze host b
at 12.000 detach a b
at 20.000 thaw all
at 30.000 start b
lasts 50
must outage below 9
must solo at 13
must solo at 29
must switchable at 49
never lost
never two acknowledging
expect
    5.000  -      freeze                       host b
    7.005  a      detach.report                primary
   12.000  -      detach                       a b
   12.000  a      apart.change                 primary
   12.004  a      round.accept                 primary
   12.007  a      detach.leaving               primary
   12.007  a      detach.report                primary
   12.011  a      round.accept                 primary
   12.014  a      names.follow_record          primary
   12.015  a      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
   20.000  -      thaw                         all
   20.000  b      standby.ask                  standby
   30.000  -      start                        b
   30.001  b      reply                        0: the agent of server "b" has taken the command
   30.200  a      apart.change                 primary
   30.203  a      round.accept                 primary
   30.500  b      standby.ask                  standby
   30.500  a      attach.tighten               primary
   30.605  a      attach.propose               primary
   30.608  a      attach.accept                primary
