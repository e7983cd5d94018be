# Automatic is off, the instance has just died, and the operator stops the server: that is all.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 kill instance a
at 1.002 stop a
lasts 6
must failing.stop_asked on a by 1.1
never failing.unattended on a
must nobody at 5
never promoted b
expect
    1.000  -      kill                         instance a
    1.000  a      primary.gone                 primary -> failing
    1.002  -      stop                         a
    1.003  a      instance                     down
    1.005  a      failing.stop_asked           failing -> gone
    1.005  a      reply                        0: agent of server "a" stopped
    1.030  a      agent                        exits
