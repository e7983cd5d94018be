# The standby is stopped while its primary's host is down: it waits to be detached, then stops all the same.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 kill host a
at 2.0 stop b
lasts 40
must stop.standby_waited on b
must stop.nothing_runs on b
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.000  -      stop                         b
    2.000  b      stop.standby                 standby -> standby-leaving
   17.005  b      stop.standby_waited          standby-leaving -> stopping
   17.045  b      instance                     down, clean
   17.045  b      stop.nothing_runs            stopping -> gone
   17.045  b      reply                        0: agent of server "b" stopped
   17.045  b      agent                        exits
