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
must round.accept on a by 1.007
never names.follow_record on a
must primary b at 14
must switchable at 39
must attach.tighten on b after 40 by 40.3
never attach.propose on b after 40 by 59
must primary a at 59
must switchable at 90
must outage below 6
never lost
never two acknowledging
expect
    1.000  -      kill                         instance c
    1.000  c      standby.gone                 standby -> deposing
    1.000  a      detach.lost                  primary
    1.003  c      instance                     down
    1.004  a      round.accept                 primary
    1.007  -      kill                         host a
    1.007  a      instance                     down
    1.030  c      deposing.proved              deposing -> asking
    1.030  c      asking.round                 asking
    1.038  c      asking.seek                  asking -> seeking
    1.038  c      seeking.ask                  seeking
    3.038  b      claim.silent                 standby -> claiming
    3.042  b      claiming.cut                 claiming
    3.048  b      claiming.accept              claiming
    3.051  b      standby.named                claiming -> promoting
    3.051  b      promoting.promote            promoting
    3.105  b      instance                     promoted to timeline 2
    3.107  b      promoting.done               promoting -> proving
    3.107  b      proving.mark                 proving
    3.112  b      proving.open                 proving -> opening
    3.114  b      opening.done                 opening -> primary
    3.607  c      standby.take_chain           seeking
    3.612  c      seeking.start                seeking -> standby-starting
    3.686  c      instance                     up, standby
    3.688  c      standby_starting.up          standby-starting -> standby
    3.688  c      standby.open                 standby
    3.855  b      attach.tighten               primary
    4.055  b      attach.propose               primary
    4.058  b      attach.accept                primary
   15.000  -      boot                         a
   15.000  -      start                        a
   15.000  a      recalling.done               recalling -> asking
   15.013  a      asking.round                 asking
   15.221  a      asking.seek                  asking -> seeking
   15.221  a      seeking.ask                  seeking
   15.223  a      standby.take_chain           seeking
   15.228  a      seeking.start                seeking -> standby-starting
   15.323  a      instance                     up, standby
   15.324  a      standby_starting.up          standby-starting -> standby
   15.324  a      standby.open                 standby
   15.455  b      attach.tighten               primary
   15.655  b      attach.propose               primary
   15.658  b      attach.accept                primary
   40.000  -      kill                         instance c
   40.000  c      standby.gone                 standby -> deposing
   40.000  b      detach.lost                  primary
   40.003  c      instance                     down
   40.003  b      round.accept                 primary
   40.007  b      names.follow_record          primary
   40.030  c      deposing.proved              deposing -> asking
   40.030  c      asking.round                 asking
   40.038  c      asking.seek                  asking -> seeking
   40.038  c      seeking.ask                  seeking
   40.038  c      seeking.start                seeking -> standby-starting
   40.140  c      instance                     up, standby
   40.140  c      standby_starting.up          standby-starting -> standby
   40.140  c      standby.open                 standby
   40.255  b      attach.tighten               primary
   40.300  -      kill                         host b
   40.300  b      instance                     down
   40.538  c      standby.ask                  standby
   42.255  a      claim.silent                 standby -> claiming
   42.259  a      claiming.cut                 claiming
   42.265  a      claiming.accept              claiming
   42.267  c      standby.pending              standby
   42.269  a      standby.named                claiming -> promoting
   42.269  a      promoting.promote            promoting
   42.340  a      instance                     promoted to timeline 3
   42.340  a      promoting.done               promoting -> proving
   42.340  a      proving.mark                 proving
   42.340  c      standby.ask                  standby
   42.345  a      proving.open                 proving -> opening
   42.347  a      opening.done                 opening -> primary
   42.840  c      standby.take_chain           standby
   42.845  c      standby.follow               standby
   43.055  a      attach.tighten               primary
   43.205  a      attach.propose               primary
   43.208  a      attach.accept                primary
   60.000  -      boot                         b
   60.000  -      start                        b
   60.000  b      recalling.done               recalling -> asking
   60.016  b      asking.round                 asking
   60.028  b      asking.seek                  asking -> seeking
   60.028  b      seeking.ask                  seeking
   60.030  b      standby.take_chain           seeking
   60.035  b      seeking.start                seeking -> standby-starting
   60.104  b      instance                     up, standby
   60.105  b      standby_starting.up          standby-starting -> standby
   60.105  b      standby.open                 standby
   60.205  a      attach.tighten               primary
   60.405  a      attach.propose               primary
   60.408  a      attach.accept                primary
