# The standby was lost and let go; when it is back, automatic is off: it follows, and is not made eligible by anybody. An operator
# who starts it where it runs already means just that.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 cut b
at 4.0 disable a
at 5.0 heal
at 9.0 start b
lasts 15
must detach.lost on a
must attach.propose on a after 9
never attach.propose on a by 9
must switchable at 14
never lost
expect
    0.200  -      load                         on
    1.000  -      cut                          b
    2.862  b      claim.silent                 standby -> claiming
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    3.862  b      claiming.failed              claiming -> standby
    4.000  -      disable                      a
    4.000  a      setting.change               primary
    4.004  a      round.accept                 primary
    4.010  a      reply                        0: automatic switch and disconnection is disabled
    5.000  -      heal                         
    5.050  b      claim.silent                 standby -> claiming
    5.052  b      claiming.failed              claiming -> standby
    5.052  b      standby.ask                  standby
    9.000  -      start                        b
    9.001  b      reply                        0: the agent of server "b" has taken the command
    9.052  b      standby.ask                  standby
    9.055  a      attach.tighten               primary
    9.255  a      attach.propose               primary
    9.259  a      attach.accept                primary
