# The primary has consented, nobody can come, and the operator stops it.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut b
at 1.01 kill instance a
at 2.0 stop a
at 11.0 start a
at 12.0 heal
lasts 25
must consenting.stop_waited on a by 8
must nobody at 11
must switchable at 24
never lost
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
   11.000  -      start                        a
   11.000  a      recalling.done               recalling -> asking
   11.008  a      asking.round                 asking
   12.000  -      heal                         
   12.006  a      asking.start_primary         asking -> starting
   12.102  a      instance                     up, primary, closed
   12.102  a      starting.up                  starting -> proving
   12.102  a      proving.names                proving
   12.205  a      proving.open                 proving -> opening
   12.207  a      gate                         open
   12.207  a      opening.done                 opening -> primary
