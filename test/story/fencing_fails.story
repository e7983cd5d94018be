# F1: a command that fails is a refusal, and is tried again every ten seconds; not in a tight loop.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 0.2 command of w says well
at 1.0 kill host a
at 16.0 command of w says truth
lasts 40
must fencing.failed on w by 4
must nobody at 20
must fencing.done on w after 20
must primary b at 30
never lost
expect
    0.100  -      load                         on
    0.200  -      command                      of w says well
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.862  b      claim.silent                 standby -> claiming
    2.865  w      fencing.begun                monitor switch a
    3.265  w      fencing.failed               a
    3.465  b      claiming.failed              claiming -> standby
   13.488  b      claim.silent                 standby -> claiming
   13.490  w      fencing.begun                monitor switch a
   13.890  w      fencing.failed               a
   13.891  b      claiming.failed              claiming -> standby
   16.000  -      command                      of w says truth
   23.926  b      claim.silent                 standby -> claiming
   23.929  w      fencing.begun                monitor switch a
   24.329  w      fencing.done                 a
   24.332  b      claiming.cut                 claiming
   24.334  b      claiming.accept              claiming
   24.338  b      standby.named                claiming -> promoting
   24.338  b      promoting.promote            promoting
   24.410  b      instance                     promoted to timeline 2
   24.411  b      promoting.done               promoting -> proving
   24.411  b      proving.mark                 proving
   24.416  b      proving.open                 proving -> opening
   24.418  b      opening.done                 opening -> primary
