# stop -a on a primary that nobody hears: it waits for the standbys to leave, then stops all the same.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 cut a
at 1.1 stop a -a
lasts 40
must stop.emptying_waited on a
must leaving.done on a
must nobody at 39
expect
    1.000  -      cut                          a
    1.100  -      stop                         a -a
    1.100  a      stop.all                     primary -> emptying
   16.205  a      stop.emptying_waited         emptying -> leaving
   16.245  a      instance                     down, clean
   16.245  a      leaving.done                 leaving -> gone
   16.245  a      reply                        0: agent of server "a" stopped
   16.245  a      agent                        exits
