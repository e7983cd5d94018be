# The standby is cut from everybody: the primary detaches it; it comes back and is attached again.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut b
at 9.0 heal
lasts 18
must detach.lost on a by 4
must primary a at 5
must outage below 3
must switchable at 18
never promoted b
expect
    1.000  -      cut                          b
    2.862  b      claim.silent                 standby -> claiming
    3.055  a      detach.lost                  primary
    3.059  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    3.862  b      claiming.failed              claiming -> standby
    9.000  -      heal                         
    9.051  b      standby.ask                  standby
    9.255  a      attach.tighten               primary
    9.455  a      attach.propose               primary
    9.458  a      attach.accept                primary
