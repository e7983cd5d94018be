# Only the primary's own voter has accepted a growth when its standby dies. A round of the primary finds the record before, and a majority accepts that once more:
# the growth is chosen no more, and commits wait for nobody (P2).
servers a b
arbiters x
primary a
automatic on
begins switchable
at 0.2 load on
at 3.0 cut wal a b
at 8.0 heal a b
at 8.4585 cut agents a b
at 8.4585 cut agents a x
at 8.47 kill agent b
at 8.7 kill instance b
at 8.8 kill host b
at 9.3 heal a x
lasts 60
must acknowledged more than 20000
never lost
never two acknowledging
expect
    0.200  -      load                         on
    3.000  -      cut                          wal a b
    5.061  a      detach.lost                  primary
    5.064  a      round.accept                 primary
    5.068  a      names.follow_record          primary
    5.068  b      standby.ask                  standby
    8.000  -      heal                         a b
    8.255  a      attach.tighten               primary
    8.455  a      attach.propose               primary
    8.457  a      attach.accept                primary
    8.458  -      cut                          agents a b
    8.458  -      cut                          agents a x
    8.470  -      kill                         agent b
    8.590  b      monitor                      makes a new agent
    8.590  b      recalling.done               recalling -> asking
    8.601  b      asking.round                 asking
    8.608  b      asking.standby_runs          asking -> standby
    8.608  b      standby.open                 standby
    8.700  -      kill                         instance b
    8.700  b      standby.gone                 standby -> deposing
    8.701  b      instance                     down
    8.730  b      deposing.proved              deposing -> asking
    8.730  b      asking.round                 asking
    8.736  b      asking.seek                  asking -> seeking
    8.800  -      kill                         host b
    9.300  -      heal                         a x
    9.315  a      pending.resolve              primary
    9.322  a      join.broken                  primary
    9.322  a      names.follow_record          primary
