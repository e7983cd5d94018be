# The management directory came from an older copy, too: the voter has forgotten (E3). It waits until every other voter
# has told it what it knows, and only then the directory that was recovered is opened.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory a
at 0.5 copy memory of a
at 2.0 load off
at 2.1 disable a
at 2.5 enable a
at 3.0 kill host a
at 3.0 kill host b
at 5.0 boot a
at 5.0 boot b
at 6.0 restore directory a
at 6.0 old memory of a
at 8.0 start a -f
at 14.0 start b --mc-only
lasts 30
must nobody at 13
must primary a at 29
never lost
never two acknowledging
expect
    0.200  -      load                         on
    0.500  -      copy                         directory a
    0.500  -      copy                         memory of a
    2.000  -      load                         off
    2.100  -      disable                      a
    2.100  a      setting.change               primary
    2.103  a      round.accept                 primary
    2.108  a      reply                        0: automatic switch and disconnection is disabled
    2.500  -      enable                       a
    2.500  a      setting.change               primary
    2.503  a      round.accept                 primary
    2.508  a      reply                        0: automatic switch and disconnection is enabled
    3.000  -      kill                         host a
    3.000  a      instance                     down
    3.000  -      kill                         host b
    3.000  b      instance                     down
    5.000  -      boot                         a
    5.000  -      boot                         b
    6.000  -      restore                      directory a
    6.000  -      old                          memory of a
    8.000  -      start                        a -f
   14.000  -      start                        b --mc-only
   14.000  b      recalling.done               recalling -> asking
   14.020  b      asking.round                 asking
   14.028  b      asking.not_wanted            asking -> idle
   14.302  a      recalling.done               recalling -> asking
   14.302  a      asking.round                 asking
   14.310  a      restored.propose             asking
   14.312  a      round.accept                 asking
   14.316  a      restored.identity            asking
   14.322  a      asking.start_primary         asking -> starting
   14.425  a      instance                     up, primary, closed
   14.426  a      starting.up                  starting -> proving
   14.426  a      proving.open                 proving -> opening
   14.428  a      gate                         open
   14.428  a      opening.done                 opening -> primary
