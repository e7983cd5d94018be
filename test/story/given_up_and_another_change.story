# A server that could not be started stays down until its operator looks, whoever becomes primary meanwhile; also when that is
# more than a minute later, which is as long as attempts count, and it could be started again.
servers a b c
arbiters w
primary a
automatic on
eligible 2
begins switchable
at 1.0 instance a cannot start
at 1.0 kill instance a
at 80.0 instance a can start
at 82.0 stop c
lasts 100
must seeking.given_up on a by 19
must primary c at 81
must primary b at 99
must down a at 99
never standby_starting.up on a
never lost
expect
    1.000  -      instance                     a cannot start
    1.000  -      kill                         instance a
    1.000  a      primary.gone                 primary -> failing
    1.003  a      instance                     down
    1.030  a      failing.handover             failing -> consenting
    1.030  b      claim.consent                standby -> claiming
    1.030  b      claiming.cut_early           claiming
    1.030  c      claim.consent                standby -> claiming
    1.030  c      claiming.cut_early           claiming
    1.032  b      claiming.failed              claiming -> standby
    1.033  c      claiming.accept              claiming
    1.033  c      position.answer              claiming
    1.034  b      position.answer              standby
    1.037  c      standby.named                claiming -> promoting
    1.037  c      promoting.promote            promoting
    1.037  a      consenting.succeeded         consenting -> asking
    1.037  a      asking.round                 asking
    1.045  a      asking.seek                  asking -> seeking
    1.103  c      instance                     promoted to timeline 2
    1.104  c      promoting.done               promoting -> proving
    1.104  c      proving.mark                 proving
    1.104  a      seeking.ask                  seeking
    1.104  b      standby.ask                  standby
    1.109  c      proving.open                 proving -> opening
    1.111  c      opening.done                 opening -> primary
    1.604  b      standby.take_chain           standby
    1.604  a      standby.take_chain           seeking
    1.609  b      standby.follow               standby
    1.609  a      seeking.start                seeking -> standby-starting
    1.619  a      standby_starting.failed      standby-starting -> deposing
    1.619  a      deposing.proved              deposing -> asking
    1.619  a      asking.round                 asking
    1.655  c      attach.tighten               primary
    1.855  c      attach.propose               primary
    1.858  c      attach.accept                primary
    1.919  a      asking.seek                  asking -> seeking
    2.104  a      seeking.ask                  seeking
    2.104  a      seeking.start                seeking -> standby-starting
    2.114  a      standby_starting.failed      standby-starting -> deposing
    2.114  a      deposing.proved              deposing -> asking
    2.114  a      asking.round                 asking
    2.414  a      asking.seek                  asking -> seeking
    2.604  a      seeking.ask                  seeking
    2.604  a      seeking.start                seeking -> standby-starting
    2.614  a      standby_starting.failed      standby-starting -> deposing
    2.614  a      deposing.proved              deposing -> asking
    2.614  a      asking.round                 asking
    2.914  a      asking.seek                  asking -> seeking
    3.104  a      seeking.ask                  seeking
    3.104  a      seeking.given_up             seeking -> staying-down
   80.000  -      instance                     a can start
   82.000  -      stop                         c
   82.000  c      stop.primary                 primary -> leaving
   82.000  c      reply                        ... 0: server "b" takes over when this instance has stopped
   82.042  c      instance                     down, clean
   82.042  c      leaving.handover             leaving -> consenting
   82.042  b      claim.consent                standby -> claiming
   82.042  b      claiming.cut_early           claiming
   82.046  b      claiming.accept              claiming
   82.050  b      standby.named                claiming -> promoting
   82.050  b      promoting.promote            promoting
   82.050  c      consenting.succeeded_stop    consenting -> gone
   82.052  c      reply                        0: agent of server "c" stopped
   82.052  c      agent                        exits
   82.119  b      instance                     promoted to timeline 3
   82.119  b      promoting.done               promoting -> proving
   82.119  b      proving.mark                 proving
   82.124  b      proving.open                 proving -> opening
   82.126  b      opening.done                 opening -> primary
