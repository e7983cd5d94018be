# A standby that was detached and then lost its primary has not every commit: it is never promoted (P3).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut wal a b
at 7.0 kill host a
lasts 20
must detach.lost on a by 5
must nobody at 19
never promoted b
never lost
expect
    1.000  -      cut                          wal a b
    3.061  a      detach.lost                  primary
    3.064  a      round.accept                 primary
    3.067  a      names.follow_record          primary
    3.068  b      standby.ask                  standby
    7.000  -      kill                         host a
    7.000  a      instance                     down
   12.868  b      standby.missed               standby
