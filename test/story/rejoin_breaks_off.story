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
    6.186  a      asking.seek                  asking -> seeking
    6.186  a      seeking.ask                  seeking
    6.187  a      seeking.rejoin               seeking -> rejoining
    6.500  -      cut                          wal a b
    9.067  a      rejoining.failed             rejoining -> asking
    9.067  a      asking.round                 asking
    9.074  a      asking.interrupted           asking -> seeking
    9.074  a      seeking.rejoin_interrupted   seeking -> rejoining
   14.000  -      heal                         
   15.503  a      rejoining.failed             rejoining -> asking
   15.503  a      asking.round                 asking
   15.509  a      asking.interrupted           asking -> seeking
   15.509  a      seeking.rejoin_interrupted   seeking -> rejoining
   16.205  a      rejoining.done               rejoining -> asking
   16.205  a      asking.round                 asking
   16.212  a      asking.name_copy             asking
   16.217  a      asking.seek                  asking -> seeking
   16.217  a      seeking.ask                  seeking
   16.255  a      seeking.start                seeking -> standby-starting
   16.333  a      instance                     up, standby
   16.333  a      standby_starting.up          standby-starting -> standby
   16.333  a      standby.open                 standby
   16.455  b      attach.tighten               primary
   16.655  b      attach.propose               primary
   16.659  b      attach.accept                primary
