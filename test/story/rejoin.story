# The primary's host dies with commits that no standby has: nobody was told of them. When it comes back its directory
# is made over from the server that has taken over, and it is eligible again, unasked.
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
lasts 25
must seeking.rejoin on a by 8
must rejoining.done on a by 11
must switchable at 25
never seeking.refused
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
    7.405  a      rejoining.done               rejoining -> asking
    7.405  a      asking.round                 asking
    7.412  a      asking.name_copy             asking
    7.417  a      asking.seek                  asking -> seeking
    7.417  a      seeking.ask                  seeking
    7.418  a      seeking.start                seeking -> standby-starting
    7.507  a      instance                     up, standby
    7.508  a      standby_starting.up          standby-starting -> standby
    7.508  a      standby.open                 standby
    7.655  b      attach.tighten               primary
    7.855  b      attach.propose               primary
    7.858  b      attach.accept                primary
