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
    2.877  b      claim.silent                 standby -> claiming
    3.055  a      detach.lost                  primary
    3.057  a      round.accept                 primary
    3.061  a      names.follow_record          primary
    3.877  b      claiming.failed              claiming -> standby
    9.000  -      heal                         
    9.000  b      standby.ask                  standby
    9.500  a      attach.tighten               primary
    9.515  a      attach.propose               primary
    9.519  a      attach.accept                primary
