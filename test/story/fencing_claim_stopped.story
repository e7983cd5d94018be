# F1: a standby that waits for a fencing command is stopped at once: its claim is given up, and nothing was accepted.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.2 command of w hangs
at 1.0 kill host a
at 6.0 stop b
lasts 12
must fencing.begun on w by 6
must stop.claiming on b by 6.1
must stop.nothing_runs on b by 7
expect
    0.200  -      command                      of w hangs
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.862  b      claim.silent                 standby -> claiming
    2.864  w      fencing.begun                monitor switch a
    6.000  -      stop                         b
    6.000  b      stop.claiming                claiming -> standby
    6.000  b      stop.other                   standby -> stopping
    6.040  b      instance                     down, clean
    6.040  b      stop.nothing_runs            stopping -> gone
    6.040  b      reply                        0: agent of server "b" stopped
    6.040  b      agent                        exits
