# One of two eligible acknowledges each commit; two are to, and the settings are slow to be in force. Whoever takes over has what was acknowledged.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
quorum 1
seed 113
think 0.040000 0.120000
at 1.952905 instance a checkpointer lags 3
at 1.952905 instance a sender lags 3
at 1.952905 quorum 2
at 2.352905 cut wal a c
at 2.652905 kill host a
lasts 12
never lost
expect
    1.952  -      instance                     a checkpointer lags 3
    1.952  -      instance                     a sender lags 3
    1.952  -      quorum                       2
    2.055  a      quorum.tighten               primary
    2.352  -      cut                          wal a c
    2.652  -      kill                         host a
    2.652  a      instance                     down
    4.655  b      claim.silent                 standby -> claiming
    4.655  c      claim.silent                 standby -> claiming
    4.657  b      claiming.failed              claiming -> standby
    4.659  c      claiming.cut                 claiming
    4.660  b      position.asked               standby
    4.666  b      position.answer              standby
    4.667  c      claiming.better              claiming -> standby
    4.667  c      standby.follow               standby
    5.155  b      claim.silent                 standby -> claiming
    5.156  c      position.asked               standby
    5.160  c      position.answer              standby
    5.162  b      claiming.accept              claiming
    5.163  c      standby.pending              standby
    5.165  b      standby.named                claiming -> promoting
    5.165  b      promoting.promote            promoting
    5.223  b      instance                     promoted to timeline 2
    5.224  b      promoting.done               promoting -> proving
    5.224  b      proving.mark                 proving
    5.224  c      standby.ask                  standby
    5.229  b      proving.open                 proving -> opening
    5.231  b      opening.done                 opening -> primary
    5.724  c      standby.take_chain           standby
    5.729  c      standby.follow               standby
    5.855  b      attach.tighten               primary
    6.055  b      attach.propose               primary
    6.059  b      attach.accept                primary
