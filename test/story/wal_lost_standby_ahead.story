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
never asking.cannot_start on a
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
    3.204  a      asking.start_primary         asking -> starting
    3.281  a      instance                     up, primary, closed
    3.282  a      starting.up                  starting -> proving
    3.282  a      proving.names                proving
    3.805  a      primary.ahead                proving -> failing
    3.805  a      instance                     down
    3.835  a      failing.handover             failing -> consenting
    8.004  a      consenting.nobody_came       consenting
    8.007  a      round.accept                 consenting
    8.011  a      consenting.later_record      consenting -> asking
    8.011  a      asking.round                 asking
    8.017  a      asking.start_primary         asking -> starting
    8.114  a      instance                     up, primary, closed
    8.115  a      starting.up                  starting -> proving
    8.115  a      proving.names                proving
    8.605  a      primary.ahead                proving -> failing
    8.608  a      instance                     down
    8.635  a      failing.handover             failing -> consenting
   12.805  a      consenting.nobody_came       consenting
   12.807  a      round.accept                 consenting
   12.810  a      consenting.later_record      consenting -> asking
   12.810  a      asking.round                 asking
   12.816  a      asking.start_primary         asking -> starting
   12.884  a      instance                     up, primary, closed
   12.884  a      starting.up                  starting -> proving
   12.884  a      proving.names                proving
   13.405  a      primary.ahead                proving -> failing
   13.407  a      instance                     down
   13.435  a      failing.handover             failing -> consenting
   17.605  a      consenting.nobody_came       consenting
   17.609  a      round.accept                 consenting
   17.612  a      consenting.later_record      consenting -> asking
   17.612  a      asking.round                 asking
   17.620  a      asking.start_primary         asking -> starting
   17.725  a      instance                     up, primary, closed
   17.726  a      starting.up                  starting -> proving
   17.726  a      proving.names                proving
   18.205  a      primary.ahead                proving -> failing
   18.208  a      instance                     down
   18.235  a      failing.handover             failing -> consenting
   22.405  a      consenting.nobody_came       consenting
   22.409  a      round.accept                 consenting
   22.412  a      consenting.later_record      consenting -> asking
   22.412  a      asking.round                 asking
   22.420  a      asking.cannot_start_handover asking -> consenting
