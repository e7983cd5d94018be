# F1: a command that hangs is killed at its limit; the claim waits for it, and nothing else stands still.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 0.2 command of w hangs
at 1.0 kill host a
at 10.0 command of w says truth
lasts 50
must nobody at 22
must fencing.failed on w after 20
must primary b at 40
never lost
expect
    0.100  -      load                         on
    0.200  -      command                      of w hangs
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.862  b      claim.silent                 standby -> claiming
    2.865  w      fencing.begun                monitor switch a
   10.000  -      command                      of w says truth
   22.865  w      fencing.failed               a
   23.065  b      claiming.failed              claiming -> standby
   33.088  b      claim.silent                 standby -> claiming
   33.091  w      fencing.begun                monitor switch a
   33.491  w      fencing.done                 a
   33.692  b      claiming.cut                 claiming
   33.694  b      claiming.accept              claiming
   33.698  b      standby.named                claiming -> promoting
   33.698  b      promoting.promote            promoting
   33.764  b      instance                     promoted to timeline 2
   33.766  b      promoting.done               promoting -> proving
   33.766  b      proving.mark                 proving
   33.771  b      proving.open                 proving -> opening
   33.773  b      opening.done                 opening -> primary
