# The same when an operator stops the primary.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 instance a cannot stop
at 1.1 stop a
at 4.0 instance a can stop
lasts 8
must leaving.again on a by 2
must leaving.done on a by 6
expect
    1.000  -      instance                     a cannot stop
    1.100  -      stop                         a
    1.100  a      stop.primary                 primary -> leaving
    1.440  a      leaving.again                leaving
    1.447  a      instance                     a process is left
    1.770  a      leaving.again                leaving
    4.000  -      instance                     a can stop
    4.082  a      instance                     down
    4.110  a      leaving.done                 leaving -> gone
    4.110  a      reply                        0: agent of server "a" stopped
    4.110  a      agent                        exits
