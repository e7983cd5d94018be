# Everything was stopped with automatic on. enable-failover at the one server that runs is asked for and not yet true: no
# majority confirms its record. It holds when the primary comes up.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 stop a -a
at 4.0 kill agent w for good
at 6.0 start b
at 7.0 enable b
at 11.0 start a
at 14.0 start w
lasts 30
must automatic on at 29
must switchable at 29
never promoted b
never lost
expect
    1.000  -      stop                         a -a
    1.000  a      stop.all                     primary -> emptying
    1.000  b      stop.standby                 standby -> standby-leaving
    1.000  a      detach.leaving               emptying
    1.003  a      round.accept                 emptying
    1.007  a      stop.emptied                 emptying -> leaving
    1.007  b      stop.detached                standby-leaving -> stopping
    1.049  b      instance                     down, clean
    1.049  b      stop.nothing_runs            stopping -> gone
    1.049  b      agent                        exits
    1.051  a      instance                     down, clean
    1.051  a      stop.waits_for_others        leaving -> stopping
    1.051  a      reply                        ... 0: the instance here has stopped; waiting for server "b" to stop, too
    3.051  a      stop.nothing_runs            stopping -> gone
    3.051  a      reply                        0: agent of server "a" stopped
    3.051  a      agent                        exits
    4.000  -      kill                         agent w for good
    6.000  -      start                        b
    6.000  b      recalling.done               recalling -> asking
    7.000  -      enable                       b
   11.000  -      start                        a
   11.000  a      recalling.done               recalling -> asking
   11.005  a      asking.known_solo            asking
   11.005  a      asking.start_primary         asking -> starting
   11.023  b      asking.round                 asking
   11.030  b      asking.seek                  asking -> seeking
   11.030  b      reply                        0: automatic switch and disconnection is enabled
   11.113  a      instance                     up, primary, closed
   11.115  a      starting.up                  starting -> proving
   11.115  a      proving.open                 proving -> opening
   11.117  a      gate                         open
   11.117  a      opening.done                 opening -> primary
   11.117  b      seeking.ask                  seeking
   11.119  b      seeking.start                seeking -> standby-starting
   11.224  b      instance                     up, standby
   11.225  b      standby_starting.up          standby-starting -> standby
   11.225  b      standby.open                 standby
   11.405  a      attach.tighten               primary
   11.605  a      attach.propose               primary
   11.608  a      attach.accept                primary
   14.000  -      start                        w
