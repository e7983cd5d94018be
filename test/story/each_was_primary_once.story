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
    4.060  b      position.asked               standby
    4.065  c      claiming.accept              claiming
    4.066  b      position.answer              standby
    4.069  c      standby.named                claiming -> promoting
    4.069  c      promoting.promote            promoting
    4.126  c      instance                     promoted to timeline 2
    4.128  c      promoting.done               promoting -> proving
    4.128  c      proving.mark                 proving
    4.133  c      proving.open                 proving -> opening
    4.135  c      opening.done                 opening -> primary
    4.135  b      standby.ask                  standby
    4.136  b      standby.take_chain           standby
    4.141  b      standby.follow               standby
    4.255  c      attach.tighten               primary
    4.455  c      attach.propose               primary
    4.458  c      attach.accept                primary
   15.000  -      boot                         a
   15.000  -      start                        a
   15.000  a      recalling.done               recalling -> asking
   15.024  a      asking.round                 asking
   15.144  a      asking.seek                  asking -> seeking
   15.144  a      seeking.ask                  seeking
   15.145  a      standby.take_chain           seeking
   15.150  a      seeking.start                seeking -> standby-starting
   15.258  a      instance                     up, standby
   15.260  a      standby_starting.up          standby-starting -> standby
   15.260  a      standby.open                 standby
   15.455  c      attach.tighten               primary
   15.644  a      standby.ask                  standby
   15.655  c      attach.propose               primary
   15.658  c      attach.accept                primary
   40.000  -      kill                         host c
   40.000  c      instance                     down
   41.862  a      claim.silent                 standby -> claiming
   41.862  b      claim.silent                 standby -> claiming
   41.864  a      claiming.failed              claiming -> standby
   41.865  b      claiming.cut                 claiming
   41.866  a      position.asked               standby
   41.871  b      claiming.accept              claiming
   41.872  a      position.answer              standby
   41.875  b      standby.named                claiming -> promoting
   41.875  b      promoting.promote            promoting
   41.942  b      instance                     promoted to timeline 3
   41.943  b      promoting.done               promoting -> proving
   41.943  b      proving.mark                 proving
   41.948  b      proving.open                 proving -> opening
   41.950  b      opening.done                 opening -> primary
   41.950  a      standby.ask                  standby
   41.951  a      standby.take_chain           standby
   41.956  a      standby.follow               standby
   42.055  b      attach.tighten               primary
   42.255  b      attach.propose               primary
   42.258  b      attach.accept                primary
   55.000  -      boot                         c
   55.000  -      start                        c
   55.000  c      recalling.done               recalling -> asking
   55.012  c      asking.round                 asking
   55.243  c      asking.seek                  asking -> seeking
   55.243  c      seeking.ask                  seeking
   55.244  c      standby.take_chain           seeking
   55.249  c      seeking.start                seeking -> standby-starting
   55.344  c      instance                     up, standby
   55.345  c      standby_starting.up          standby-starting -> standby
   55.345  c      standby.open                 standby
   55.455  b      attach.tighten               primary
   55.655  b      attach.propose               primary
   55.658  b      attach.accept                primary
   80.000  -      kill                         host b
   80.000  b      instance                     down
   81.863  a      claim.silent                 standby -> claiming
   81.863  c      claim.silent                 standby -> claiming
   81.865  a      claiming.failed              claiming -> standby
   81.866  c      claiming.cut                 claiming
   81.866  a      position.asked               standby
   81.872  c      claiming.accept              claiming
   81.872  a      position.answer              standby
   81.876  c      standby.named                claiming -> promoting
   81.876  c      promoting.promote            promoting
   81.957  c      instance                     promoted to timeline 4
   81.957  c      promoting.done               promoting -> proving
   81.957  c      proving.mark                 proving
   81.962  c      proving.open                 proving -> opening
   81.964  c      opening.done                 opening -> primary
   81.965  a      standby.ask                  standby
   81.965  a      standby.take_chain           standby
   81.970  a      standby.follow               standby
   82.005  c      attach.tighten               primary
   82.205  c      attach.propose               primary
   82.208  c      attach.accept                primary
   95.000  -      boot                         b
   95.000  -      start                        b
   95.000  b      recalling.done               recalling -> asking
   95.019  b      asking.round                 asking
   95.074  b      asking.seek                  asking -> seeking
   95.074  b      seeking.ask                  seeking
   95.075  b      standby.take_chain           seeking
   95.080  b      seeking.start                seeking -> standby-starting
   95.151  b      instance                     up, standby
   95.152  b      standby_starting.up          standby-starting -> standby
   95.152  b      standby.open                 standby
   95.205  c      attach.tighten               primary
   95.405  c      attach.propose               primary
   95.408  c      attach.accept                primary
