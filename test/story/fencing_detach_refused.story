# F1: a silent standby that could not be isolated stays eligible, and commits wait; when it is heard again, they go on.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 0.2 command of w says well
at 1.0 cut b
at 6.0 heal
lasts 25
must fencing.failed on w by 5
never round.accept on a
must switchable at 24
must acknowledged more than 100
never lost
expect
    0.100  -      load                         on
    0.200  -      command                      of w says well
    1.000  -      cut                          b
    2.862  b      claim.silent                 standby -> claiming
    3.055  a      detach.lost                  primary
    3.058  w      fencing.begun                monitor detach b
    3.458  w      fencing.failed               b
    3.862  b      claiming.failed              claiming -> standby
    6.000  -      heal                         
