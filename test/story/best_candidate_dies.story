# Three servers without an arbiter, both standbys eligible. The primary's host dies, and the standby that won the
# promises dies while it takes over: two of three are gone. The last one has every acknowledged commit, and waits: it
# alone is no majority. With the second one back, whoever wins has everything.
servers a b c
primary a
automatic on
eligible 2
begins switchable
at 2.0 kill host a
at 4.0595 kill host c
at 20.0 boot c
at 20.0 start c
lasts 40
must claim.silent on b
must claim.silent on c
must nobody at 19
must position.answer
must outage below 30
never lost
never two acknowledging
expect
    2.000  -      kill                         host a
    2.000  a      instance                     down
    4.055  b      claim.silent                 standby -> claiming
    4.055  c      claim.silent                 standby -> claiming
    4.057  b      claiming.failed              claiming -> standby
    4.058  c      claiming.cut                 claiming
    4.059  b      position.asked               standby
    4.059  -      kill                         host c
    4.059  c      instance                     down
    4.065  b      position.answer              standby
    4.555  b      claim.silent                 standby -> claiming
    6.555  b      claiming.failed              claiming -> standby
   20.000  -      boot                         c
   20.000  -      start                        c
   20.000  c      recalling.done               recalling -> asking
   20.028  c      asking.round                 asking
   20.028  b      claim.silent                 standby -> claiming
   20.030  b      claiming.failed              claiming -> standby
   20.125  c      asking.start_standby         asking -> standby-starting
   20.234  c      instance                     up, standby
   20.235  c      standby_starting.up          standby-starting -> standby
   20.235  c      standby.open                 standby
   20.528  b      claim.silent                 standby -> claiming
   20.529  c      position.asked               standby
   20.529  b      claiming.failed              claiming -> standby
   20.531  c      position.answer              standby
   21.028  b      claim.silent                 standby -> claiming
   21.030  b      claiming.failed              claiming -> standby
   21.528  b      claim.silent                 standby -> claiming
   21.530  b      claiming.failed              claiming -> standby
   22.005  c      claim.silent                 standby -> claiming
   22.006  b      position.answer              standby
   22.006  c      claiming.failed              claiming -> standby
   22.028  b      claim.silent                 standby -> claiming
   22.029  c      position.answer              standby
   22.031  b      claiming.accept              claiming
   22.035  b      standby.named                claiming -> promoting
   22.035  b      promoting.promote            promoting
   22.093  b      instance                     promoted to timeline 2
   22.094  b      promoting.done               promoting -> proving
   22.094  b      proving.mark                 proving
   22.099  b      proving.open                 proving -> opening
   22.101  b      opening.done                 opening -> primary
   22.102  c      standby.ask                  standby
   22.102  c      standby.take_chain           standby
   22.107  c      standby.follow               standby
   22.255  b      attach.tighten               primary
   22.455  b      attach.propose               primary
   22.458  b      attach.accept                primary
