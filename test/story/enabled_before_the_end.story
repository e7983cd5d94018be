# A start that brings the cluster up again after all have stopped leaves automatic off; not where an operator has asked for it
# before they stopped, and no majority could confirm that: his word is older than the start, and still stands.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 stop b
at 3.0 kill agent w for good
at 6.0 enable a
at 8.0 stop a
at 12.0 start a
at 14.0 start w
at 18.0 start b
lasts 30
must primary a at 13
must automatic on at 17
must switchable at 29
never promoted b
never lost
expect
    1.000  -      stop                         b
    1.000  b      stop.standby                 standby -> standby-leaving
    1.000  a      detach.leaving               primary
    1.003  a      round.accept                 primary
    1.006  a      names.follow_record          primary
    1.007  b      stop.detached                standby-leaving -> stopping
    1.049  b      instance                     down, clean
    1.049  b      stop.nothing_runs            stopping -> gone
    1.049  b      reply                        0: agent of server "b" stopped
    1.049  b      agent                        exits
    3.000  -      kill                         agent w for good
    6.000  -      enable                       a
    8.000  -      stop                         a
    8.000  a      stop.primary                 primary -> leaving
    8.040  a      instance                     down, clean
    8.040  a      leaving.done                 leaving -> gone
    8.040  a      reply                        0: agent of server "a" stopped
    8.040  a      agent                        exits
   12.000  -      start                        a
   12.000  a      recalling.done               recalling -> asking
   12.005  a      asking.known_solo            asking
   12.005  a      asking.start_primary         asking -> starting
   12.104  a      instance                     up, primary, closed
   12.105  a      starting.up                  starting -> proving
   12.105  a      proving.open                 proving -> opening
   12.107  a      gate                         open
   12.107  a      opening.done                 opening -> primary
   14.000  -      start                        w
   18.000  -      start                        b
   18.000  b      recalling.done               recalling -> asking
   18.018  b      asking.round                 asking
   18.025  b      asking.seek                  asking -> seeking
   18.025  b      seeking.ask                  seeking
   18.026  b      seeking.start                seeking -> standby-starting
   18.091  b      instance                     up, standby
   18.092  b      standby_starting.up          standby-starting -> standby
   18.092  b      standby.open                 standby
   18.205  a      attach.tighten               primary
   18.405  a      attach.propose               primary
   18.407  a      attach.accept                primary
