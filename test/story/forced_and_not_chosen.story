# A lone primary is cut off, and an operator forces the standby, which lacks WAL. Its own voter has accepted that when the primary is heard again, and the
# others refuse it ever after. What nobody else has accepted is passed over, the end that it told of binds no more (P3), and the standby follows.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.1 load on
at 1.0 cut wal a b
at 8.0 cut agents a
at 12.5 disk of b slow 0.4
at 13.0 force b
at 13.36 heal
at 13.36 disk of b works
lasts 40
must switchable at 39
never lost
expect
    0.100  -      load                         on
    1.000  -      cut                          wal a b
    3.061  a      detach.lost                  primary
    3.063  a      round.accept                 primary
    3.067  a      names.follow_record          primary
    3.067  b      standby.ask                  standby
    8.000  -      cut                          agents a
   12.500  -      disk                         of b slow 0.4
   13.000  -      force                        b
   13.000  b      force.begin                  standby -> forcing
   13.000  b      forcing.cut                  forcing
   13.000  b      reply                        ... 0: server "b" has WAL up to 0/30058E8; up to 0/3024F40 is known to have been written: 128600 bytes at least would be lost
   13.002  b      forcing.propose              forcing
   13.343  b      forcing.accept               forcing
   13.360  -      heal                         
   13.360  -      disk                         of b works
   13.450  b      forcing.left                 forcing -> asking
   13.605  b      reply                        1: refused "switch --force": the primary of the record answers: mc_ctl switch, or mc_ctl stop there first
   13.641  b      asking.round                 asking
   14.158  b      asking.standby_runs          asking -> standby
   14.158  b      standby.ask                  standby
   14.540  b      standby.follow               standby
   14.655  a      attach.tighten               primary
   14.658  b      standby.ask                  standby
   14.855  a      attach.propose               primary
   14.857  a      attach.accept                primary
