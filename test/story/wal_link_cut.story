# The agents hear each other, WAL does not flow: the primary detaches the standby.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut wal a b
at 9.0 heal
lasts 18
must detach.lost on a by 5
must primary a at 6
must outage below 4
must switchable at 18
never promoted b
never claim.silent
expect
    1.000  -      cut                          wal a b
    3.061  a      detach.lost                  primary
    3.064  a      round.accept                 primary
    3.067  a      names.follow_record          primary
    3.068  b      standby.ask                  standby
    9.000  -      heal                         
    9.255  a      attach.tighten               primary
    9.455  a      attach.propose               primary
    9.458  a      attach.accept                primary
