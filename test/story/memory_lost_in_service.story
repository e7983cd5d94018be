# The memory of a serving solo primary is put back behind its back; the next round names more than it remembers. It
# stops, gets its memory back from all the others, and serves again (E3).
servers a b
arbiters w
primary a
automatic on
begins solo
at 0.5 copy memory of a
at 0.6 disable b
at 0.8 enable b
at 1.0 disable b
at 1.2 enable b
at 1.4 disable b
at 1.6 enable b
at 2.0 kill agent a
at 2.05 old memory of a unseen
at 3.9 cut b w
at 4.0 kill agent b
at 6.0 heal
lasts 14
must primary.memory_lost on a
must down a at 2.3
must primary a at 12
never lost
expect
    0.500  -      copy                         memory of a
    0.600  -      disable                      b
    0.600  a      setting.change               primary
    0.603  a      round.accept                 primary
    0.609  b      reply                        0: automatic switch and disconnection is disabled
    0.800  -      enable                       b
    0.800  a      setting.change               primary
    0.803  a      round.accept                 primary
    0.808  b      reply                        0: automatic switch and disconnection is enabled
    1.000  -      disable                      b
    1.000  a      setting.change               primary
    1.003  a      round.accept                 primary
    1.008  b      reply                        0: automatic switch and disconnection is disabled
    1.200  -      enable                       b
    1.200  a      setting.change               primary
    1.203  a      round.accept                 primary
    1.208  b      reply                        0: automatic switch and disconnection is enabled
    1.400  -      disable                      b
    1.400  a      setting.change               primary
    1.404  a      round.accept                 primary
    1.410  b      reply                        0: automatic switch and disconnection is disabled
    1.600  -      enable                       b
    1.600  a      setting.change               primary
    1.603  a      round.accept                 primary
    1.609  b      reply                        0: automatic switch and disconnection is enabled
    2.000  -      kill                         agent a
    2.050  -      old                          memory of a unseen
    2.120  a      monitor                      makes a new agent
    2.120  a      recalling.done               recalling -> asking
    2.125  a      asking.known_solo            asking
    2.125  a      asking.primary_runs          asking -> proving
    2.125  a      proving.names                proving
    2.126  a      primary.memory_lost          proving -> cutting
    2.128  a      instance                     down
    2.156  a      cutting.proved               cutting -> fenced
    2.156  a      cut.memory_lost              fenced -> recalling
    2.428  a      recalling.done               recalling -> asking
    2.428  a      asking.known_solo            asking
    2.428  a      asking.start_primary         asking -> starting
    2.531  a      instance                     up, primary, closed
    2.532  a      starting.up                  starting -> proving
    2.532  a      proving.open                 proving -> opening
    2.534  a      gate                         open
    2.534  a      opening.done                 opening -> primary
    3.900  -      cut                          b w
    4.000  -      kill                         agent b
    4.120  b      monitor                      makes a new agent
    4.120  b      recalling.done               recalling -> asking
    4.135  b      asking.round                 asking
    4.141  b      asking.no_directory          asking -> idle
    6.000  -      heal                         
