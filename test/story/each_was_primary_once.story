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
    4.059  c      claiming.cut                 claiming
    4.059  b      position.asked               standby
    4.065  c      claiming.accept              claiming
    4.065  b      position.answer              standby
    4.068  c      standby.named                claiming -> promoting
    4.068  c      promoting.promote            promoting
    4.146  c      instance                     promoted to timeline 2
    4.146  c      promoting.done               promoting -> proving
    4.146  c      proving.mark                 proving
    4.151  c      proving.open                 proving -> opening
    4.153  c      opening.done                 opening -> primary
    4.153  b      standby.ask                  standby
    4.154  b      standby.take_chain           standby
    4.159  b      standby.follow               standby
    4.255  c      attach.tighten               primary
    4.455  c      attach.propose               primary
    4.458  c      attach.accept                primary
   15.000  -      boot                         a
   15.000  -      start                        a
   15.000  a      recalling.done               recalling -> asking
   15.011  a      asking.round                 asking
   15.165  a      asking.seek                  asking -> seeking
   15.165  a      seeking.ask                  seeking
   15.165  a      standby.take_chain           seeking
   15.170  a      seeking.start                seeking -> standby-starting
   15.263  a      instance                     up, standby
   15.264  a      standby_starting.up          standby-starting -> standby
   15.264  a      standby.open                 standby
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
   42.020  b      standby.named                claiming -> promoting
   42.020  b      promoting.promote            promoting
   42.092  b      instance                     promoted to timeline 3
   42.093  b      promoting.done               promoting -> proving
   42.093  b      proving.mark                 proving
   42.098  b      proving.open                 proving -> opening
   42.100  b      opening.done                 opening -> primary
   42.101  a      standby.ask                  standby
   42.101  a      standby.take_chain           standby
   42.106  a      standby.follow               standby
   42.255  b      attach.tighten               primary
   42.455  b      attach.propose               primary
   42.458  b      attach.accept                primary
   55.000  -      boot                         c
   55.000  -      start                        c
   55.000  c      recalling.done               recalling -> asking
   55.020  c      asking.round                 asking
   55.098  c      asking.seek                  asking -> seeking
   55.098  c      seeking.ask                  seeking
   55.099  c      standby.take_chain           seeking
   55.104  c      seeking.start                seeking -> standby-starting
   55.200  c      instance                     up, standby
   55.202  c      standby_starting.up          standby-starting -> standby
   55.202  c      standby.open                 standby
   55.405  b      attach.tighten               primary
   55.455  b      attach.propose               primary
   55.458  b      attach.accept                primary
   80.000  -      kill                         host b
   80.000  b      instance                     down
   81.862  a      claim.silent                 standby -> claiming
   81.862  c      claim.silent                 standby -> claiming
   81.864  a      claiming.failed              claiming -> standby
   81.865  c      claiming.cut                 claiming
   81.865  a      position.asked               standby
   81.871  c      claiming.accept              claiming
   81.871  a      position.answer              standby
   81.874  c      standby.named                claiming -> promoting
   81.874  c      promoting.promote            promoting
   81.949  c      instance                     promoted to timeline 4
   81.950  c      promoting.done               promoting -> proving
   81.950  c      proving.mark                 proving
   81.955  c      proving.open                 proving -> opening
   81.957  c      opening.done                 opening -> primary
   81.957  a      standby.ask                  standby
   81.958  a      standby.take_chain           standby
   81.963  a      standby.follow               standby
   82.005  c      attach.tighten               primary
   82.205  c      attach.propose               primary
   82.208  c      attach.accept                primary
   95.000  -      boot                         b
   95.000  -      start                        b
   95.000  b      recalling.done               recalling -> asking
   95.014  b      asking.round                 asking
   95.238  b      asking.seek                  asking -> seeking
   95.238  b      seeking.ask                  seeking
   95.239  b      standby.take_chain           seeking
   95.244  b      seeking.start                seeking -> standby-starting
   95.340  b      instance                     up, standby
   95.342  b      standby_starting.up          standby-starting -> standby
   95.342  b      standby.open                 standby
   95.405  c      attach.tighten               primary
   95.605  c      attach.propose               primary
   95.608  c      attach.accept                primary
