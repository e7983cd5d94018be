# A takeover that the standby's voter alone has accepted reaches the arbiter with the memory that it is handed back (E3), while what the arbiter's
# earlier life granted is not out yet: the primary's new agent has found its instance open, and the arbiter leases it and answers no round, for its
# disk hangs. Who is asked for a memory counts nothing any more that the asker has granted (P5).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 load on
at 1.9 trap b after persist 2 freeze host
at 2.0 kill agent a for good
at 3.9 cut b
at 4.0 thaw b
at 4.2 disk of w hangs
at 4.3 start a
at 6.5 kill agent w
at 6.5 lose memory of w
at 6.5 disk of w works
at 6.55 heal b w
at 6.924 cut a w
lasts 12
never two acknowledging
expect
    1.000  -      load                         on
    1.900  -      trap                         b after persist 2 freeze host
    2.000  -      kill                         agent a for good
    3.862  b      claim.silent                 standby -> claiming
    3.864  b      claiming.cut                 claiming
    3.870  b      claiming.accept              claiming
    3.900  -      cut                          b
    4.000  -      thaw                         b
    4.200  -      disk                         of w hangs
    4.300  -      start                        a
    4.300  a      recalling.done               recalling -> asking
    4.319  a      asking.round                 asking
    4.862  b      claiming.failed              claiming -> standby
    5.005  b      claim.silent                 standby -> claiming
    6.500  -      kill                         agent w
    6.500  -      lose                         memory of w
    6.500  -      disk                         of w works
    6.550  -      heal                         b w
    6.620  w      monitor                      makes a new agent
    6.920  a      lease.out                    asking -> cutting
    6.923  a      instance                     down
    6.924  -      cut                          a w
    6.950  a      cutting.proved               cutting -> fenced
    6.950  a      cut.majority_back            fenced -> asking
    7.005  b      claiming.failed              claiming -> standby
    7.040  b      claim.silent                 standby -> claiming
    7.047  b      standby.named                claiming -> promoting
    7.047  b      promoting.promote            promoting
    7.105  b      instance                     promoted to timeline 2
    7.105  b      promoting.done               promoting -> proving
    7.105  b      proving.mark                 proving
    7.110  b      proving.open                 proving -> opening
    7.112  b      opening.done                 opening -> primary
