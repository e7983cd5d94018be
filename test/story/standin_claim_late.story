# The standby's disk is slow to remember its promise: when a majority is there, the window has passed, and it goes on following.
servers a b
primary a
automatic on
silence command
begins switchable
at 0.1 load on
at 9.0 kill host a
at 9.0 command of b says well
at 14.0 command of b says truth
at 14.95 disk of b hangs
at 15.95 disk of b works
lasts 30
must claiming.stand_in_late on b
must nobody at 29
never lost
expect
    0.100  -      load                         on
    9.000  -      kill                         host a
    9.000  a      instance                     down
    9.000  -      command                      of b says well
   11.055  b      standin.ask                  standby
   11.205  b      command                      asks about a: no
   13.055  b      standin.ask                  standby
   13.205  b      command                      asks about a: no
   14.000  -      command                      of b says truth
   14.950  -      disk                         of b hangs
   15.055  b      standin.ask                  standby
   15.205  b      command                      asks about a: yes
   15.205  b      claim.stand_in               standby -> claiming
   15.950  -      disk                         of b works
   15.952  b      claiming.stand_in_late       claiming -> standby
