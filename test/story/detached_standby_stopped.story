# A standby that is not eligible has nothing to leave: it stops.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 cut wal a b
at 6.0 stop b
lasts 10
must stop.other on b by 6.1
must primary a at 10
expect
    1.000  -      cut                          wal a b
    3.061  a      detach.lost                  primary
    3.064  a      round.accept                 primary
    3.067  a      names.follow_record          primary
    3.068  b      standby.ask                  standby
    6.000  -      stop                         b
    6.000  b      stop.other                   standby -> stopping
    6.040  b      instance                     down, clean
    6.040  b      stop.nothing_runs            stopping -> gone
    6.040  b      reply                        0: agent of server "b" stopped
    6.040  b      agent                        exits
