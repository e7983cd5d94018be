# An operator's stop waits behind a state file that does not answer; then the primary is cut off. It stops serving
# when its lease is out: being about to stop is no leave to be read (P5).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 disk of a hangs
at 1.2 stop b
at 2.0 stop a
at 3.0 cut a
must stop.primary on a by 2.1
must lease.out on a after 4 by 5
must nobody at 5
never lost
lasts 8
expect
    1.000  -      disk                         of a hangs
    1.200  -      stop                         b
    1.200  b      stop.standby                 standby -> standby-leaving
    1.200  a      detach.leaving               primary
    2.000  -      stop                         a
    2.000  a      stop.primary                 primary -> leaving
    3.000  -      cut                          a
    4.200  a      lease.out                    leaving -> cutting
    4.203  a      instance                     down
    4.230  a      cutting.proved               cutting -> fenced
    4.230  a      stop.nothing_runs            fenced -> gone
