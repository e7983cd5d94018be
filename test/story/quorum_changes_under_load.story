# How many of two standbys must acknowledge goes from one to two and back, under load, and each time the primary's host
# dies between the two writes: the names without their record, the record without its names. Whoever takes over has
# everything, and then as many acknowledge as shall.
servers a b c
arbiters w
primary a
automatic on
eligible 2
quorum 1
begins switchable
at 1.0 trap a after names 1 kill host
at 1.0 quorum 2
at 15.0 boot a
at 15.0 start a
at 30.0 quorum 1
at 40.0 quorum 2
at 50.0 trap primary before names 1 kill host
at 50.0 quorum 1
at 60.0 attend 5 -f
lasts 90
must quorum.tighten on a by 1.07
must trap after 1.01 by 2
never attach.propose by 2
must down a at 2
must quorum.lower after 29 by 31
must quorum.tighten after 39 by 45
must quorum.lower after 49 by 50.06
must trap after 50.01 by 51
must names.follow_record on c after 50
must down c at 51
must switchable at 29
must switchable at 90
must acknowledged more than 5000
never lost
never two acknowledging
expect
    1.000  -      trap                         a after names 1 kill host
    1.000  -      quorum                       2
    1.055  a      quorum.tighten               primary
    1.070  -      trap                         springs on a
    1.070  a      instance                     down
    3.255  b      claim.silent                 standby -> claiming
    3.255  c      claim.silent                 standby -> claiming
    3.257  b      claiming.failed              claiming -> standby
    3.259  c      claiming.cut                 claiming
    3.259  b      position.asked               standby
    3.261  b      position.answer              standby
    3.263  c      claiming.accept              claiming
    3.267  c      standby.named                claiming -> promoting
    3.267  c      promoting.promote            promoting
    3.337  c      instance                     promoted to timeline 2
    3.338  c      promoting.done               promoting -> proving
    3.338  c      proving.mark                 proving
    3.338  b      standby.ask                  standby
    3.343  c      proving.open                 proving -> opening
    3.345  c      opening.done                 opening -> primary
    3.838  b      standby.take_chain           standby
    3.843  b      standby.follow               standby
    3.855  c      attach.tighten               primary
    4.055  c      attach.propose               primary
    4.058  c      attach.accept                primary
   15.000  -      boot                         a
   15.000  -      start                        a
   15.000  a      recalling.done               recalling -> asking
   15.010  a      asking.round                 asking
   15.179  a      asking.seek                  asking -> seeking
   15.179  a      seeking.ask                  seeking
   15.181  a      standby.take_chain           seeking
   15.186  a      seeking.start                seeking -> standby-starting
   15.247  a      instance                     up, standby
   15.248  a      standby_starting.up          standby-starting -> standby
   15.248  a      standby.open                 standby
   15.405  c      attach.tighten               primary
   15.455  c      attach.propose               primary
   15.458  c      attach.accept                primary
   30.000  -      quorum                       1
   30.055  c      quorum.lower                 primary
   30.058  c      round.accept                 primary
   30.061  c      names.follow_record          primary
   40.000  -      quorum                       2
   40.055  c      quorum.tighten               primary
   40.070  c      join.broken                  primary
   40.070  c      names.follow_record          primary
   41.070  c      quorum.tighten               primary
   41.255  c      attach.propose               primary
   41.258  c      attach.accept                primary
   50.000  -      trap                         primary before names 1 kill host
   50.000  -      quorum                       1
   50.055  c      quorum.lower                 primary
   50.058  c      round.accept                 primary
   50.062  c      names.follow_record          primary
   50.064  -      trap                         springs on c
   50.064  c      instance                     down
   52.205  a      claim.silent                 standby -> claiming
   52.205  b      claim.silent                 standby -> claiming
   52.207  a      claiming.failed              claiming -> standby
   52.210  b      claiming.cut                 claiming
   52.210  a      position.asked               standby
   52.216  a      position.answer              standby
   52.217  b      claiming.accept              claiming
   52.221  b      standby.named                claiming -> promoting
   52.221  b      promoting.promote            promoting
   52.301  b      instance                     promoted to timeline 3
   52.303  b      promoting.done               promoting -> proving
   52.303  b      proving.mark                 proving
   52.303  a      standby.ask                  standby
   52.308  b      proving.open                 proving -> opening
   52.310  b      opening.done                 opening -> primary
   52.803  a      standby.take_chain           standby
   52.808  a      standby.follow               standby
   53.005  b      attach.tighten               primary
   53.055  b      attach.propose               primary
   53.058  b      attach.accept                primary
   60.000  -      attend                       5 -f
   65.000  c      recalling.done               recalling -> asking
   65.031  c      asking.round                 asking
   65.126  c      asking.seek                  asking -> seeking
   65.126  c      seeking.ask                  seeking
   65.128  c      standby.take_chain           seeking
   65.133  c      seeking.start                seeking -> standby-starting
   65.208  c      instance                     up, standby
   65.209  c      standby_starting.up          standby-starting -> standby
   65.209  c      standby.open                 standby
   65.405  b      attach.tighten               primary
   65.455  b      attach.propose               primary
   65.459  b      attach.accept                primary
   65.462  b      names.follow_record          primary
