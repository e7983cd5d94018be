# Automatic on: a primary whose instance does not start any more hands over, and says so again when nobody comes, until its standby does (P7).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 2.0 kill agent b for good
at 2.5 instance a cannot start
at 2.6 kill agent a
at 2.6 kill instance a
at 20.0 start b
lasts 40
never asking.cannot_start on a
must nobody at 19
must primary b at 30
never lost
expect
    0.200  -      load                         on
    2.000  -      kill                         agent b for good
    2.500  -      instance                     a cannot start
    2.600  -      kill                         agent a
    2.600  -      kill                         instance a
    2.602  a      instance                     down
    2.720  a      monitor                      makes a new agent
    2.720  a      recalling.done               recalling -> asking
    2.746  a      asking.round                 asking
    4.725  a      asking.start_primary         asking -> starting
    4.735  a      starting.failed              starting -> deposing
    4.735  a      deposing.proved              deposing -> asking
    4.735  a      asking.round                 asking
    5.035  a      asking.start_primary         asking -> starting
    5.045  a      starting.failed              starting -> deposing
    5.045  a      deposing.proved              deposing -> asking
    5.045  a      asking.round                 asking
    5.345  a      asking.start_primary         asking -> starting
    5.355  a      starting.failed              starting -> deposing
    5.355  a      deposing.proved              deposing -> asking
    5.355  a      asking.round                 asking
    5.655  a      asking.start_primary         asking -> starting
    5.665  a      starting.failed              starting -> deposing
    5.665  a      deposing.proved              deposing -> asking
    5.665  a      asking.round                 asking
    5.965  a      asking.cannot_start_handover asking -> consenting
   10.125  a      consenting.nobody_came       consenting
   10.128  a      round.accept                 consenting
   10.132  a      consenting.later_record      consenting -> asking
   10.132  a      asking.round                 asking
   10.139  a      asking.cannot_start_handover asking -> consenting
   14.325  a      consenting.nobody_came       consenting
   14.328  a      round.accept                 consenting
   14.331  a      consenting.later_record      consenting -> asking
   14.331  a      asking.round                 asking
   14.339  a      asking.cannot_start_handover asking -> consenting
   18.525  a      consenting.nobody_came       consenting
   18.528  a      round.accept                 consenting
   18.532  a      consenting.later_record      consenting -> asking
   18.532  a      asking.round                 asking
   18.540  a      asking.cannot_start_handover asking -> consenting
   20.000  -      start                        b
   20.000  b      recalling.done               recalling -> asking
   20.005  b      asking.round                 asking
   20.091  b      asking.standby_runs          asking -> standby
   20.091  b      standby.follow               standby
   20.093  b      standby.open                 standby
   20.125  b      claim.consent                standby -> claiming
   20.125  b      claiming.cut_early           claiming
   20.128  b      claiming.accept              claiming
   20.131  b      standby.named                claiming -> promoting
   20.131  b      promoting.promote            promoting
   20.132  a      consenting.succeeded         consenting -> asking
   20.132  a      asking.round                 asking
   20.138  a      asking.seek                  asking -> seeking
   20.197  b      instance                     promoted to timeline 2
   20.199  b      promoting.done               promoting -> proving
   20.199  b      proving.names                proving
   20.199  a      seeking.ask                  seeking
   20.202  b      proving.mark                 proving
   20.207  b      proving.open                 proving -> opening
   20.209  b      opening.done                 opening -> primary
   20.699  a      standby.take_chain           seeking
   20.704  a      seeking.given_up             seeking -> staying-down
