# The directory of the record's primary is lost while its agent lives, and recovered to an earlier end. The agent knows how far the lost one had come, and the force without the others says how much
# would be lost (the reply in the narration).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory a
at 2.0 kill host b
at 6.0 kill host w
at 8.0 kill instance a
at 8.0 instance a cannot start
at 8.5 restore directory a from a without 1000
at 9.0 instance a can start
at 20.0 force a without b w
lasts 40
must primary a at 39
expect
    0.200  -      load                         on
    0.500  -      copy                         directory a
    2.000  -      kill                         host b
    2.000  b      instance                     down
    4.055  a      detach.lost                  primary
    4.058  a      round.accept                 primary
    4.061  a      names.follow_record          primary
    6.000  -      kill                         host w
    8.000  -      kill                         instance a
    8.000  -      instance                     a cannot start
    8.000  a      primary.gone                 primary -> failing
    8.001  a      instance                     down
    8.030  a      failing.restart              failing -> asking
    8.030  a      asking.known_solo            asking
    8.030  a      asking.start_primary         asking -> starting
    8.040  a      starting.failed              starting -> deposing
    8.040  a      deposing.proved              deposing -> asking
    8.040  a      asking.known_solo            asking
    8.340  a      asking.start_primary         asking -> starting
    8.350  a      starting.failed              starting -> deposing
    8.350  a      deposing.proved              deposing -> asking
    8.350  a      asking.known_solo            asking
    8.500  -      restore                      directory a from a without 1000
    8.650  a      asking.start_primary         asking -> starting
    8.660  a      starting.failed              starting -> deposing
    8.660  a      deposing.proved              deposing -> asking
    9.000  -      instance                     a can start
   20.000  -      force                        a without b w
   20.000  a      force.restored               asking -> forcing
   20.000  a      forcing.propose_restored     forcing
   20.000  a      reply                        ... 0: server "a" has WAL up to 0/301B2D8; up to 0/3024F18 is known to have been written: 40000 bytes at least would be lost
   20.001  a      forcing.accept               forcing
   20.003  a      forcing.restored_named       forcing -> asking
   20.003  a      restored.identity            asking
   20.009  a      asking.start_primary         asking -> starting
   20.106  a      instance                     up, primary, closed
   20.107  a      starting.up                  starting -> proving
   20.107  a      proving.open                 proving -> opening
   20.109  a      gate                         open
   20.109  a      opening.done                 opening -> primary
   20.255  a      reply                        0: server "a" is the primary by force since epoch 4, with WAL up to 0/301B2D8
