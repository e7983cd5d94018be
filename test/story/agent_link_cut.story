# The agents are cut, WAL flows on: the takeover is refused by the arbiter.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut agents a b
at 9.0 heal
lasts 18
must primary a at 6
must switchable at 18
must outage below 3
never promoted b
expect
    1.000  -      cut                          agents a b
    2.862  b      claim.silent                 standby -> claiming
    2.864  b      claiming.failed              claiming -> standby
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.061  a      names.follow_record          primary
    6.862  b      standby.missed               standby
    9.000  -      heal                         
    9.050  b      standby.ask                  standby
    9.051  a      attach.tighten               primary
    9.255  a      attach.propose               primary
    9.275  a      attach.accept                primary
