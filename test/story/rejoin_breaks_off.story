# The WAL link fails while the directory is copied: it is tried again until it succeeds.
servers a b
arbiters w
primary a
automatic on
rejoin copy
begins switchable
at 1.95 cut wal a b
at 2.0 cut a
at 2.1 kill host a
at 6.0 boot a
at 6.0 heal
at 6.0 start a
at 6.5 cut wal a b
at 14 heal
lasts 40
must rejoining.failed on a
must rejoining.done on a
must switchable at 40
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
    6.500  -      cut                          wal a b
    9.220  a      rejoining.failed             rejoining -> asking
    9.220  a      asking.round                 asking
    9.227  a      asking.interrupted           asking -> seeking
    9.227  a      seeking.rejoin_interrupted   seeking -> rejoining
   13.853  a      rejoining.failed             rejoining -> asking
   13.853  a      asking.round                 asking
   13.859  a      asking.interrupted           asking -> seeking
   13.859  a      seeking.rejoin_interrupted   seeking -> rejoining
   14.000  -      heal                         
   14.405  a      rejoining.done               rejoining -> asking
   14.405  a      asking.round                 asking
   14.412  a      asking.name_copy             asking
   14.417  a      asking.seek                  asking -> seeking
   14.417  a      seeking.ask                  seeking
   14.455  a      seeking.start                seeking -> standby-starting
   14.549  a      instance                     up, standby
   14.551  a      standby_starting.up          standby-starting -> standby
   14.551  a      standby.open                 standby
   14.655  b      attach.tighten               primary
   14.855  b      attach.propose               primary
   14.858  b      attach.accept                primary
