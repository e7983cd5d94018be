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
   22.008  c      claiming.accept              claiming
   22.009  b      standby.pending              standby
   22.011  c      standby.named                claiming -> promoting
   22.011  c      promoting.promote            promoting
   22.078  c      instance                     promoted to timeline 2
   22.079  c      promoting.done               promoting -> proving
   22.079  c      proving.mark                 proving
   22.080  b      standby.ask                  standby
   22.084  c      proving.open                 proving -> opening
   22.086  c      opening.done                 opening -> primary
   22.580  b      standby.take_chain           standby
   22.585  b      standby.follow               standby
   22.655  c      attach.tighten               primary
   22.805  c      attach.propose               primary
   22.808  c      attach.accept                primary
