# Only the link between the servers is cut; the arbiter hears both: always the same outcome (section 5).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut a b
at 9.0 heal
lasts 16
must detach.lost on a by 4
must primary a at 5
must outage below 3
must switchable at 16
never promoted b
never lost
expect
    1.000  -      cut                          a b
    2.862  b      claim.silent                 standby -> claiming
    2.863  b      claiming.failed              claiming -> standby
    3.055  a      detach.lost                  primary
    3.059  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    6.863  b      standby.missed               standby
    9.000  -      heal                         
    9.050  b      standby.ask                  standby
    9.255  a      attach.tighten               primary
    9.455  a      attach.propose               primary
    9.474  a      attach.accept                primary
