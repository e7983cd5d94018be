# The data disk of the standby is full: its receiver comes and goes, and nothing becomes durable there. Commits go on without it.
servers a b
arbiters w
lasts 60

at 2 instance b disk full
at 30 instance b disk works

must primary a at 59
must solo at 29
must outage below 8
must switchable at 59
never promoted b
never lost
expect
    2.000  -      instance                     b disk full
    3.861  a      detach.lost                  primary
    3.864  a      round.accept                 primary
    3.868  a      names.follow_record          primary
    3.868  b      standby.ask                  standby
   30.000  -      instance                     b disk works
   30.255  a      attach.tighten               primary
   30.455  a      attach.propose               primary
   30.458  a      attach.accept                primary
