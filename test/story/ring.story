# Four servers of which each reaches the two beside it alone: a primary that a majority still hears stays where it is, and
# goes on without the standby that it reaches no more; that one is eligible again when the ring is mended.
servers a b c d
eligible 3
quorum 1
lasts 40

at 2 cut ring
at 20 heal

must claim.silent on c by 12
must claiming.failed on c by 12
must detach.tighten on a by 12
must primary a at 19
must switchable at 39
must outage below 4
never promoted b
never promoted c
never promoted d
never lost
expect
    2.000  -      cut                          ring
    3.862  c      claim.silent                 standby -> claiming
    3.864  c      claiming.failed              claiming -> standby
    4.055  a      detach.tighten               primary
    4.255  a      attach.propose               primary
    4.258  a      attach.accept                primary
    7.862  c      standby.missed               standby
   20.000  -      heal                         
   20.050  c      standby.ask                  standby
   20.255  a      attach.tighten               primary
   20.455  a      attach.propose               primary
   20.462  a      attach.accept                primary
   20.465  a      names.follow_record          primary
