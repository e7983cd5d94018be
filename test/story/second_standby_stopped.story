# Two eligible standbys; the operator stops one of them, not the first in the record: it alone is detached.
servers a b c
arbiters w
primary a
automatic on
eligible 2
begins switchable
at 1.0 stop b
at 8.0 start b
at 16.0 stop c
lasts 24
must detach.leaving on a by 2
must detach.leaving on a after 16
must switchable at 7
must switchable at 15
must outage below 1
never lost
expect
    1.000  -      stop                         b
    1.000  b      stop.standby                 standby -> standby-leaving
    1.000  a      detach.leaving               primary
    1.003  a      round.accept                 primary
    1.006  a      names.follow_record          primary
    1.007  b      stop.detached                standby-leaving -> stopping
    1.048  b      instance                     down, clean
    1.048  b      stop.nothing_runs            stopping -> gone
    1.048  b      reply                        0: agent of server "b" stopped
    1.048  b      agent                        exits
    8.000  -      start                        b
    8.000  b      recalling.done               recalling -> asking
    8.021  b      asking.round                 asking
    8.028  b      asking.seek                  asking -> seeking
    8.028  b      seeking.ask                  seeking
    8.029  b      seeking.start                seeking -> standby-starting
    8.130  b      instance                     up, standby
    8.131  b      standby_starting.up          standby-starting -> standby
    8.131  b      standby.open                 standby
    8.255  a      attach.tighten               primary
    8.455  a      attach.propose               primary
    8.459  a      attach.accept                primary
   16.000  -      stop                         c
   16.000  c      stop.standby                 standby -> standby-leaving
   16.000  a      detach.leaving               primary
   16.004  a      round.accept                 primary
   16.007  a      names.follow_record          primary
   16.007  c      stop.detached                standby-leaving -> stopping
   16.049  c      instance                     down, clean
   16.049  c      stop.nothing_runs            stopping -> gone
   16.049  c      reply                        0: agent of server "c" stopped
   16.049  c      agent                        exits
