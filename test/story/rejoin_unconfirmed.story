# A directory is half made over when the agent dies, and so does the server that it is made over from. Nothing more is done to it: it
# takes a primary that is heard to have opened under a record that is known to be the latest (D1).
servers a b
arbiters w
primary a
automatic on
rejoin rewind
begins switchable
at 1.95 cut wal a b
at 2.0 cut a
at 2.1 kill host a
at 6.0 boot a
at 6.0 heal
at 6.0 start a
at 6.4 kill agent a
at 6.45 kill host b
lasts 12
must seeking.rejoin on a
must asking.interrupted on a
must nobody at 11
never seeking.rejoin_interrupted on a
never lost
expect
    1.950  -      cut                          wal a b
    2.000  -      cut                          a
    2.100  -      kill                         host a
    2.100  a      instance                     down
    3.862  b      claim.silent                 standby -> claiming
    3.866  b      claiming.cut                 claiming
    3.872  b      claiming.accept              claiming
    3.876  b      standby.named                claiming -> promoting
    3.876  b      promoting.promote            promoting
    3.956  b      instance                     promoted to timeline 2
    3.958  b      promoting.done               promoting -> proving
    3.958  b      proving.mark                 proving
    3.963  b      proving.open                 proving -> opening
    3.965  b      opening.done                 opening -> primary
    6.000  -      boot                         a
    6.000  -      heal                         
    6.000  -      start                        a
    6.000  a      recalling.done               recalling -> asking
    6.028  a      asking.round                 asking
    6.185  a      asking.seek                  asking -> seeking
    6.185  a      seeking.ask                  seeking
    6.188  a      seeking.rejoin               seeking -> rejoining
    6.400  -      kill                         agent a
    6.450  -      kill                         host b
    6.450  b      instance                     down
    6.520  a      monitor                      makes a new agent
    6.520  a      recalling.done               recalling -> asking
    6.549  a      asking.round                 asking
    6.556  a      asking.interrupted           asking -> seeking
