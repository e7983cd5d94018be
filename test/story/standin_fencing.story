# A4: two servers and no arbiter: who stands in for a broken one isolates it first, and where that fails decides nothing.
servers a b
primary a
automatic on
silence command
fencing on
begins switchable
at 0.1 load on
at 0.2 command of b fences nobody
at 9.0 kill host a
at 12.5 command of b says truth
lasts 30
must fencing.failed on b by 12
must fencing.done on b by 16
must claim.stand_in on b after 12
must primary b at 29
never claim.stand_in on a
never lost
expect
    0.100  -      load                         on
    0.200  -      command                      of b fences nobody
    9.000  -      kill                         host a
    9.000  a      instance                     down
   11.055  b      standin.ask                  standby
   11.205  b      command                      asks about a: yes
   11.205  b      fencing.begun                monitor switch a
   11.605  b      fencing.failed               a
   12.500  -      command                      of b says truth
   13.055  b      standin.ask                  standby
   13.205  b      command                      asks about a: yes
   13.205  b      fencing.begun                monitor switch a
   13.605  b      fencing.done                 a
   13.605  b      claim.stand_in               standby -> claiming
   13.606  b      claiming.cut                 claiming
   13.608  b      claiming.accept              claiming
   13.610  b      standby.named                claiming -> promoting
   13.610  b      promoting.promote            promoting
   13.674  b      instance                     promoted to timeline 2
   13.676  b      promoting.done               promoting -> proving
   13.676  b      proving.mark                 proving
   13.681  b      proving.open                 proving -> opening
   13.683  b      opening.done                 opening -> primary
