# The primary has consented, nobody can come, and the operator stops it.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut b
at 1.01 kill instance a
at 2.0 stop a
lasts 12
must consenting.stop_waited on a by 8
must nobody at 11
never promoted b
expect
    1.000  -      cut                          b
    1.010  -      kill                         instance a
    1.010  a      primary.gone                 primary -> failing
    1.012  a      instance                     down
    1.040  a      failing.handover             failing -> consenting
    2.000  -      stop                         a
    2.862  b      claim.silent                 standby -> claiming
    3.862  b      claiming.failed              claiming -> standby
    5.055  a      consenting.stop_waited       consenting -> gone
    5.055  a      reply                        1: server "a" has stopped, and nobody has taken over
    5.055  a      agent                        exits
