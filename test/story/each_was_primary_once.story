# Three servers and an arbiter; the primary's host dies again and again, and comes back: each of the three has been
# primary, all that is eligible is eligible again, and nothing is lost.
servers a b c
arbiters w
primary a
automatic on
eligible 2
begins switchable
at 2.0 kill host a
at 15.0 boot a
at 15.0 start a
at 40.0 kill host c
at 55.0 boot c
at 55.0 start c
at 80.0 kill host b
at 95.0 boot b
at 95.0 start b
lasts 120
must primary c at 39
must switchable at 39
must primary b at 79
must switchable at 79
must switchable at 120
must outage below 6
never lost
never two acknowledging
expect
    2.000  -      kill                         host a
    2.000  a      instance                     down
    4.055  b      claim.silent                 standby -> claiming
    4.055  c      claim.silent                 standby -> claiming
    4.057  b      claiming.failed              claiming -> standby
    4.058  c      claiming.cut                 claiming
    4.058  b      position.asked               standby
    4.064  c      claiming.accept              claiming
    4.064  b      position.answer              standby
    4.068  c      standby.named                claiming -> promoting
    4.068  c      promoting.promote            promoting
    4.120  c      instance                     promoted to timeline 2
    4.121  c      promoting.done               promoting -> proving
    4.121  c      proving.mark                 proving
    4.122  b      standby.ask                  standby
    4.126  c      proving.open                 proving -> opening
    4.128  c      opening.done                 opening -> primary
    4.622  b      standby.take_chain           standby
    4.627  b      standby.follow               standby
    4.655  c      attach.tighten               primary
    4.855  c      attach.propose               primary
    4.859  c      attach.accept                primary
   15.000  -      boot                         a
   15.000  -      start                        a
   15.000  a      recalling.done               recalling -> asking
   15.028  a      asking.round                 asking
   15.253  a      asking.seek                  asking -> seeking
   15.253  a      seeking.ask                  seeking
   15.253  a      standby.take_chain           seeking
   15.258  a      seeking.start                seeking -> standby-starting
   15.335  a      instance                     up, standby
   15.336  a      standby_starting.up          standby-starting -> standby
   15.336  a      standby.open                 standby
   15.455  c      attach.tighten               primary
   15.655  c      attach.propose               primary
   15.658  c      attach.accept                primary
   40.000  -      kill                         host c
   40.000  c      instance                     down
   42.005  a      claim.silent                 standby -> claiming
   42.005  b      claim.silent                 standby -> claiming
   42.007  a      claiming.failed              claiming -> standby
   42.010  b      claiming.cut                 claiming
   42.010  a      position.asked               standby
   42.016  b      claiming.accept              claiming
   42.016  a      position.answer              standby
   42.019  b      standby.named                claiming -> promoting
   42.019  b      promoting.promote            promoting
   42.088  b      instance                     promoted to timeline 3
   42.088  b      promoting.done               promoting -> proving
   42.088  b      proving.mark                 proving
   42.089  a      standby.ask                  standby
   42.093  b      proving.open                 proving -> opening
   42.095  b      opening.done                 opening -> primary
   42.589  a      standby.take_chain           standby
   42.594  a      standby.follow               standby
   42.655  b      attach.tighten               primary
   42.855  b      attach.propose               primary
   42.858  b      attach.accept                primary
   55.000  -      boot                         c
   55.000  -      start                        c
   55.000  c      recalling.done               recalling -> asking
   55.016  c      asking.round                 asking
   55.054  c      asking.seek                  asking -> seeking
   55.054  c      seeking.ask                  seeking
   55.054  c      standby.take_chain           seeking
   55.059  c      seeking.start                seeking -> standby-starting
   55.120  c      instance                     up, standby
   55.121  c      standby_starting.up          standby-starting -> standby
   55.121  c      standby.open                 standby
   55.255  b      attach.tighten               primary
   55.455  b      attach.propose               primary
   55.458  b      attach.accept                primary
   80.000  -      kill                         host b
   80.000  b      instance                     down
   82.005  a      claim.silent                 standby -> claiming
   82.005  c      claim.silent                 standby -> claiming
   82.007  a      claiming.failed              claiming -> standby
   82.008  c      claiming.cut                 claiming
   82.009  a      position.asked               standby
   82.014  c      claiming.accept              claiming
   82.015  a      position.answer              standby
   82.018  c      standby.named                claiming -> promoting
   82.018  c      promoting.promote            promoting
   82.098  c      instance                     promoted to timeline 4
   82.100  c      promoting.done               promoting -> proving
   82.100  c      proving.mark                 proving
   82.100  a      standby.ask                  standby
   82.105  c      proving.open                 proving -> opening
   82.107  c      opening.done                 opening -> primary
   82.600  a      standby.take_chain           standby
   82.605  a      standby.follow               standby
   82.805  c      attach.tighten               primary
   83.005  c      attach.propose               primary
   83.009  c      attach.accept                primary
   95.000  -      boot                         b
   95.000  -      start                        b
   95.000  b      recalling.done               recalling -> asking
   95.032  b      asking.round                 asking
   95.113  b      asking.seek                  asking -> seeking
   95.113  b      seeking.ask                  seeking
   95.114  b      standby.take_chain           seeking
   95.119  b      seeking.start                seeking -> standby-starting
   95.210  b      instance                     up, standby
   95.211  b      standby_starting.up          standby-starting -> standby
   95.211  b      standby.open                 standby
   95.405  c      attach.tighten               primary
   95.605  c      attach.propose               primary
   95.608  c      attach.accept                primary
