# Both disks are lost. The record names a, whose agent lives and says that it serves no more; b is recovered from its backup
# and the WAL that a had archived, and goes on. A server that needs a lease to serve may be succeeded like that.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory b
at 2.0 kill host a
at 2.0 kill host b
at 6.0 boot a
at 6.0 boot b
at 6.5 restore directory b from a without 5
at 6.6 remove directory a
at 7.0 start a -f
at 8.0 start b -f
lasts 20
must down.directory_lost on a
must restored.propose on b
must primary b at 19
never two acknowledging
never lost
expect
    0.200  -      load                         on
    0.500  -      copy                         directory b
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host b
    2.000  b      instance                     down
    6.000  -      boot                         a
    6.000  -      boot                         b
    6.500  -      restore                      directory b from a without 5
    6.600  -      remove                       directory a
    7.000  -      start                        a -f
    7.000  a      recalling.done               recalling -> asking
    7.034  a      asking.round                 asking
    7.041  a      asking.no_directory          asking -> idle
    7.041  a      down.directory_lost          idle -> consenting
    8.000  -      start                        b -f
    8.000  b      recalling.done               recalling -> asking
    8.019  b      asking.round                 asking
    8.026  b      asking.seek                  asking -> seeking
    8.631  b      restored.propose             seeking
    8.635  b      round.accept                 seeking
    8.638  b      seeking.named                seeking -> asking
    8.638  b      asking.known_solo            asking
    8.638  b      restored.identity            asking
    8.638  a      consenting.succeeded         consenting -> asking
    8.638  a      asking.round                 asking
    8.644  a      asking.no_directory          asking -> idle
    8.645  b      asking.start_primary         asking -> starting
    8.754  b      instance                     up, primary, closed
    8.755  b      starting.up                  starting -> proving
    8.755  b      proving.open                 proving -> opening
    8.757  b      gate                         open
    8.757  b      opening.done                 opening -> primary
