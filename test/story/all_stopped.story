# stop -a: the standbys leave first, then the primary stops; nobody takes over.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 stop a -a
at 6.0 start a
at 6.0 start b
at 6.0 start w
lasts 16
must stop.all on a
must stop.emptied on a
must stop.waits_for_others on a by 4
must stop.nothing_runs on a by 4
must nobody at 5
must primary a at 12
must automatic off at 16
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
    6.000  -      start                        a
    6.000  -      start                        b
    6.000  -      start                        w
    6.000  a      recalling.done               recalling -> asking
    6.000  b      recalling.done               recalling -> asking
    6.005  a      asking.known_solo            asking
    6.005  a      asking.start_primary         asking -> starting
    6.025  b      asking.round                 asking
    6.032  b      asking.seek                  asking -> seeking
    6.088  a      instance                     up, primary, closed
    6.089  a      starting.up                  starting -> proving
    6.089  a      proving.open                 proving -> opening
    6.091  a      gate                         open
    6.091  a      opening.done                 opening -> primary
    6.091  a      setting.change               primary
    6.091  b      seeking.ask                  seeking
    6.092  b      seeking.start                seeking -> standby-starting
    6.094  a      round.accept                 primary
    6.169  b      instance                     up, standby
    6.170  b      standby_starting.up          standby-starting -> standby
    6.170  b      standby.open                 standby
    6.591  b      standby.ask                  standby
