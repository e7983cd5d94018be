# The same with automatic on: the one that lost WAL does not open.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill agent b for good
at 1.0 kill agent a for good
at 1.0 kill instance a
at 1.1 lose wal of a 10
at 1.2 start a
lasts 26
must asking.cannot_start_handover on a after 20
never lost
expect
    1.000  -      kill                         agent b for good
    1.000  -      kill                         agent a for good
    1.000  -      kill                         instance a
    1.001  a      instance                     down
    1.100  -      lose                         wal of a 10
    1.200  -      start                        a
    1.200  a      recalling.done               recalling -> asking
    1.205  a      asking.round                 asking
    1.213  a      asking.start_primary         asking -> starting
    1.296  a      instance                     up, primary, closed
    1.297  a      starting.up                  starting -> proving
    1.297  a      proving.names                proving
    1.805  a      primary.ahead                proving -> failing
    1.806  a      instance                     down
    1.835  a      failing.handover             failing -> consenting
    6.004  a      consenting.nobody_came       consenting
    6.008  a      round.accept                 consenting
    6.011  a      consenting.later_record      consenting -> asking
    6.011  a      asking.round                 asking
    6.017  a      asking.start_primary         asking -> starting
    6.091  a      instance                     up, primary, closed
    6.091  a      starting.up                  starting -> proving
    6.091  a      proving.names                proving
    6.605  a      primary.ahead                proving -> failing
    6.605  a      instance                     down
    6.635  a      failing.handover             failing -> consenting
   10.805  a      consenting.nobody_came       consenting
   10.808  a      round.accept                 consenting
   10.811  a      consenting.later_record      consenting -> asking
   10.811  a      asking.round                 asking
   10.818  a      asking.start_primary         asking -> starting
   10.906  a      instance                     up, primary, closed
   10.906  a      starting.up                  starting -> proving
   10.906  a      proving.names                proving
   11.405  a      primary.ahead                proving -> failing
   11.408  a      instance                     down
   11.435  a      failing.handover             failing -> consenting
   15.605  a      consenting.nobody_came       consenting
   15.608  a      round.accept                 consenting
   15.612  a      consenting.later_record      consenting -> asking
   15.612  a      asking.round                 asking
   15.620  a      asking.start_primary         asking -> starting
   15.698  a      instance                     up, primary, closed
   15.700  a      starting.up                  starting -> proving
   15.700  a      proving.names                proving
   16.205  a      primary.ahead                proving -> failing
   16.208  a      instance                     down
   16.235  a      failing.handover             failing -> consenting
   20.405  a      consenting.nobody_came       consenting
   20.408  a      round.accept                 consenting
   20.411  a      consenting.later_record      consenting -> asking
   20.411  a      asking.round                 asking
   20.417  a      asking.cannot_start_handover asking -> consenting
   24.605  a      consenting.nobody_came       consenting
   24.607  a      round.accept                 consenting
   24.612  a      consenting.later_record      consenting -> asking
   24.612  a      asking.round                 asking
   24.619  a      asking.cannot_start_handover asking -> consenting
