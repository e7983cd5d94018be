# As restored_and_the_majority_gone, and the instance dies when it is about to open: it is started as the primary that it is, and not cut and promoted once more, for a timeline
# that the record does not predict waits for a majority, which is gone for good.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory b
at 2.0 kill host a
at 2.0 kill host w
at 2.0 kill host b
at 6.0 boot b
at 6.5 restore directory b from a without 5
at 7.0 start b -f
at 15.0 force b without a w
at 15.074 kill instance b
lasts 26
must primary b at 25
never force.begin
expect
    0.200  -      load                         on
    0.500  -      copy                         directory b
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host w
    2.000  -      kill                         host b
    2.000  b      instance                     down
    6.000  -      boot                         b
    6.500  -      restore                      directory b from a without 5
    7.000  -      start                        b -f
    7.000  b      recalling.done               recalling -> asking
   15.000  -      force                        b without a w
   15.000  b      force.restored               asking -> forcing
   15.000  b      forcing.propose_restored     forcing
   15.000  b      reply                        ... 0: server "b" has WAL up to 0/300B0E0; whether anything was acknowledged after that, nobody who is heard can tell
   15.001  b      forcing.accept               forcing
   15.002  b      forcing.restored_named       forcing -> asking
   15.002  b      restored.identity            asking
   15.009  b      asking.start_primary         asking -> starting
   15.071  b      instance                     up, primary, closed
   15.073  b      starting.up                  starting -> proving
   15.073  b      proving.open                 proving -> opening
   15.074  -      kill                         instance b
   15.074  b      primary.gone                 opening -> failing
   15.076  b      instance                     down
   15.104  b      failing.restart              failing -> asking
   15.104  b      asking.known_solo            asking
   15.104  b      asking.start_primary         asking -> starting
   15.206  b      instance                     up, primary, closed
   15.208  b      starting.up                  starting -> proving
   15.208  b      proving.open                 proving -> opening
   15.210  b      gate                         open
   15.210  b      opening.done                 opening -> primary
   15.405  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/300B0E0
