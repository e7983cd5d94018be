# Everything was stopped. The standby is started with -f and finds automatic on, but nobody who confirms that; the primary
# is started later, without -f: the word of the other start holds.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 stop a -a
at 4.0 kill agent w for good
at 6.0 start b -f
at 9.0 start a
at 12.0 start w
lasts 25
must nobody at 8
must automatic on at 24
must switchable at 24
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
    6.000  -      start                        b -f
    6.000  b      recalling.done               recalling -> asking
    9.000  -      start                        a
    9.000  a      recalling.done               recalling -> asking
    9.005  a      asking.known_solo            asking
    9.005  a      asking.start_primary         asking -> starting
    9.026  b      asking.round                 asking
    9.033  b      asking.seek                  asking -> seeking
    9.088  a      instance                     up, primary, closed
    9.089  a      starting.up                  starting -> proving
    9.089  a      proving.open                 proving -> opening
    9.091  a      gate                         open
    9.091  a      opening.done                 opening -> primary
    9.091  b      seeking.ask                  seeking
    9.093  b      seeking.start                seeking -> standby-starting
    9.166  b      instance                     up, standby
    9.167  b      standby_starting.up          standby-starting -> standby
    9.167  b      standby.open                 standby
    9.205  a      attach.tighten               primary
    9.405  a      attach.propose               primary
    9.408  a      attach.accept                primary
   12.000  -      start                        w
