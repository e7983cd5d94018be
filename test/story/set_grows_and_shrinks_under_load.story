# From two eligible standbys to one and back, under load, and each time the primary's host dies between the two writes
# of the change: the record without its names, the names without their record. Whoever takes over has everything.
servers a b c
arbiters w
primary a
automatic on
eligible 2
begins switchable
at 1.000 kill instance c
at 1.007 kill host a
at 15.0 boot a
at 15.0 start a
at 40.000 kill instance c
at 40.300 kill host b
at 60.0 boot b
at 60.0 start b
lasts 90
must switchable at 39
must switchable at 90
must outage below 6
never lost
never two acknowledging
expect
    1.000  -      kill                         instance c
    1.000  c      standby.gone                 standby -> deposing
    1.000  a      detach.lost                  primary
    1.000  c      instance                     down
    1.004  a      round.accept                 primary
    1.007  -      kill                         host a
    1.007  a      instance                     down
    1.030  c      deposing.proved              deposing -> asking
    1.030  c      asking.round                 asking
    1.037  c      asking.seek                  asking -> seeking
    1.037  c      seeking.ask                  seeking
    3.037  b      claim.silent                 standby -> claiming
    3.041  b      claiming.cut                 claiming
    3.047  b      claiming.accept              claiming
    3.050  b      standby.named                claiming -> promoting
    3.050  b      promoting.promote            promoting
    3.114  b      instance                     promoted to timeline 2
    3.116  b      promoting.done               promoting -> proving
    3.116  b      proving.mark                 proving
    3.121  b      proving.open                 proving -> opening
    3.123  b      opening.done                 opening -> primary
    3.123  c      standby.take_chain           seeking
    3.128  c      seeking.start                seeking -> standby-starting
    3.230  c      instance                     up, standby
    3.232  c      standby_starting.up          standby-starting -> standby
    3.232  c      standby.open                 standby
    3.255  b      attach.tighten               primary
    3.455  b      attach.propose               primary
    3.459  b      attach.accept                primary
   15.000  -      boot                         a
   15.000  -      start                        a
   15.000  a      recalling.done               recalling -> asking
   15.035  a      asking.round                 asking
   15.248  a      asking.seek                  asking -> seeking
   15.248  a      seeking.ask                  seeking
   15.249  a      standby.take_chain           seeking
   15.254  a      seeking.start                seeking -> standby-starting
   15.331  a      instance                     up, standby
   15.332  a      standby_starting.up          standby-starting -> standby
   15.332  a      standby.open                 standby
   15.455  b      attach.tighten               primary
   15.655  b      attach.propose               primary
   15.658  b      attach.accept                primary
   40.000  -      kill                         instance c
   40.000  c      standby.gone                 standby -> deposing
   40.000  b      detach.lost                  primary
   40.001  c      instance                     down
   40.004  b      round.accept                 primary
   40.008  b      names.follow_record          primary
   40.030  c      deposing.proved              deposing -> asking
   40.030  c      asking.round                 asking
   40.037  c      asking.seek                  asking -> seeking
   40.037  c      seeking.ask                  seeking
   40.038  c      seeking.start                seeking -> standby-starting
   40.126  c      instance                     up, standby
   40.128  c      standby_starting.up          standby-starting -> standby
   40.128  c      standby.open                 standby
   40.255  b      attach.tighten               primary
   40.300  -      kill                         host b
   40.300  b      instance                     down
   40.537  c      standby.ask                  standby
   42.255  a      claim.silent                 standby -> claiming
   42.259  a      claiming.cut                 claiming
   42.265  a      claiming.accept              claiming
   42.266  c      standby.pending              standby
   42.269  a      standby.named                claiming -> promoting
   42.269  a      promoting.promote            promoting
   42.338  a      instance                     promoted to timeline 3
   42.339  a      promoting.done               promoting -> proving
   42.339  a      proving.mark                 proving
   42.344  a      proving.open                 proving -> opening
   42.346  a      opening.done                 opening -> primary
   42.346  c      standby.ask                  standby
   42.347  c      standby.take_chain           standby
   42.352  c      standby.follow               standby
   42.455  a      attach.tighten               primary
   42.605  a      attach.propose               primary
   42.608  a      attach.accept                primary
   60.000  -      boot                         b
   60.000  -      start                        b
   60.000  b      recalling.done               recalling -> asking
   60.033  b      asking.round                 asking
   60.204  b      asking.seek                  asking -> seeking
   60.204  b      seeking.ask                  seeking
   60.205  b      standby.take_chain           seeking
   60.210  b      seeking.start                seeking -> standby-starting
   60.278  b      instance                     up, standby
   60.280  b      standby_starting.up          standby-starting -> standby
   60.280  b      standby.open                 standby
   60.405  a      attach.tighten               primary
   60.605  a      attach.propose               primary
   60.608  a      attach.accept                primary
