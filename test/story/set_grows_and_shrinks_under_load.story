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
    3.616  c      standby.take_chain           seeking
    3.621  c      seeking.start                seeking -> standby-starting
    3.695  c      instance                     up, standby
    3.695  c      standby_starting.up          standby-starting -> standby
    3.695  c      standby.open                 standby
    3.855  b      attach.tighten               primary
    4.055  b      attach.propose               primary
    4.058  b      attach.accept                primary
   15.000  -      boot                         a
   15.000  -      start                        a
   15.000  a      recalling.done               recalling -> asking
   15.036  a      asking.round                 asking
   15.133  a      asking.seek                  asking -> seeking
   15.133  a      seeking.ask                  seeking
   15.134  a      standby.take_chain           seeking
   15.139  a      seeking.start                seeking -> standby-starting
   15.201  a      instance                     up, standby
   15.203  a      standby_starting.up          standby-starting -> standby
   15.203  a      standby.open                 standby
   15.405  b      attach.tighten               primary
   15.455  b      attach.propose               primary
   15.459  b      attach.accept                primary
   40.000  -      kill                         instance c
   40.000  c      standby.gone                 standby -> deposing
   40.000  b      detach.lost                  primary
   40.002  c      instance                     down
   40.004  b      round.accept                 primary
   40.008  b      names.follow_record          primary
   40.030  c      deposing.proved              deposing -> asking
   40.030  c      asking.round                 asking
   40.037  c      asking.seek                  asking -> seeking
   40.037  c      seeking.ask                  seeking
   40.038  c      seeking.start                seeking -> standby-starting
   40.140  c      instance                     up, standby
   40.142  c      standby_starting.up          standby-starting -> standby
   40.142  c      standby.open                 standby
   40.255  b      attach.tighten               primary
   40.300  -      kill                         host b
   40.300  b      instance                     down
   40.537  c      standby.ask                  standby
   42.255  a      claim.silent                 standby -> claiming
   42.258  a      claiming.cut                 claiming
   42.264  a      claiming.accept              claiming
   42.266  c      standby.pending              standby
   42.268  a      standby.named                claiming -> promoting
   42.268  a      promoting.promote            promoting
   42.344  a      instance                     promoted to timeline 3
   42.345  a      promoting.done               promoting -> proving
   42.345  a      proving.mark                 proving
   42.346  c      standby.ask                  standby
   42.350  a      proving.open                 proving -> opening
   42.352  a      opening.done                 opening -> primary
   42.846  c      standby.take_chain           standby
   42.851  c      standby.follow               standby
   43.055  a      attach.tighten               primary
   43.205  a      attach.propose               primary
   43.208  a      attach.accept                primary
   60.000  -      boot                         b
   60.000  -      start                        b
   60.000  b      recalling.done               recalling -> asking
   60.016  b      asking.round                 asking
   60.055  b      asking.seek                  asking -> seeking
   60.055  b      seeking.ask                  seeking
   60.056  b      standby.take_chain           seeking
   60.061  b      seeking.start                seeking -> standby-starting
   60.140  b      instance                     up, standby
   60.141  b      standby_starting.up          standby-starting -> standby
   60.141  b      standby.open                 standby
   60.205  a      attach.tighten               primary
   60.405  a      attach.propose               primary
   60.408  a      attach.accept                primary
