# F1: who asks an eligible standby for a switch, or forces it, is told that the fencing command holds it up, and how to go on.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.2 command of w says well
at 1.0 kill host a
at 6.0 switch b
at 8.0 force b
at 12.8 command of w hangs
at 18.0 switch b
lasts 32
must fencing.failed on w by 5
must nobody at 30
expect
    0.200  -      command                      of w says well
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.862  b      claim.silent                 standby -> claiming
    2.864  w      fencing.begun                monitor switch a
    3.264  w      fencing.failed               a
    3.265  b      claiming.failed              claiming -> standby
    6.000  -      switch                       b
    6.000  b      reply                        3: fencing_command of "w" does not isolate "a": nobody takes over before that
    8.000  -      force                        b
   12.800  -      command                      of w hangs
   13.288  b      claim.silent                 standby -> claiming
   13.291  w      fencing.begun                monitor switch a
   18.000  -      switch                       b
   28.000  b      reply                        3: fencing_command of "w" has not yet isolated "a": nobody takes over before that
