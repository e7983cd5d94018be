# The names are tightened for a standby whose instance then ends: they go back, and it is attached at a later time.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 backup directory a to b
at 1.26 cut wal a b
at 8.0 heal
lasts 14
must switchable at 14
must join.broken on a by 3
never lost
never join.waited on a
expect
    1.000  -      backup                       directory a to b
    1.055  b      idle.wanted                  idle -> asking
    1.055  b      asking.round                 asking
    1.061  b      asking.name_copy             asking
    1.066  b      asking.seek                  asking -> seeking
    1.066  b      seeking.ask                  seeking
    1.066  b      seeking.start                seeking -> standby-starting
    1.128  b      instance                     up, standby
    1.130  b      standby_starting.up          standby-starting -> standby
    1.130  b      standby.open                 standby
    1.255  a      attach.tighten               primary
    1.260  -      cut                          wal a b
    1.566  b      standby.ask                  standby
    2.066  a      join.broken                  primary
    2.066  a      names.follow_record          primary
    3.066  b      standby.follow               standby
    3.566  b      standby.ask                  standby
    8.000  -      heal                         
    8.255  a      attach.tighten               primary
    8.455  a      attach.propose               primary
    8.458  a      attach.accept                primary
