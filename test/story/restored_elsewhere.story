# The primary is gone for good, and the directory of the standby, which held everything, is lost with it. A primary
# with a standby serves on a lease: when that is out, what was recovered on the standby's server is opened.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory b
at 2.0 kill host a
at 2.0 kill host b
at 6.0 boot b
at 6.5 restore directory b from a without 5
at 7.0 start b -f
at 15.0 boot a
at 15.0 start a -f
lasts 25
must primary b at 12
must primary b at 24
never two acknowledging
never lost
expect
    0.200  -      load                         on
    0.500  -      copy                         directory b
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host b
    2.000  b      instance                     down
    6.000  -      boot                         b
    6.500  -      restore                      directory b from a without 5
    7.000  -      start                        b -f
    7.000  b      recalling.done               recalling -> asking
    7.034  b      asking.round                 asking
    7.041  b      asking.seek                  asking -> seeking
    9.805  b      restored.propose             seeking
    9.808  b      round.accept                 seeking
    9.813  b      seeking.named                seeking -> asking
    9.813  b      asking.known_solo            asking
    9.813  b      restored.identity            asking
    9.819  b      asking.start_primary         asking -> starting
    9.926  b      instance                     up, primary, closed
    9.927  b      starting.up                  starting -> proving
    9.927  b      proving.open                 proving -> opening
    9.929  b      gate                         open
    9.929  b      opening.done                 opening -> primary
   15.000  -      boot                         a
   15.000  -      start                        a -f
   15.000  a      recalling.done               recalling -> asking
   15.027  a      asking.round                 asking
   15.238  a      asking.seek                  asking -> seeking
   15.238  a      seeking.ask                  seeking
   15.240  a      seeking.refused              seeking -> staying-down
