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
    4.147  c      instance                     promoted to timeline 2
    4.148  c      promoting.done               promoting -> proving
    4.148  c      proving.mark                 proving
    4.148  b      standby.ask                  standby
    4.153  c      proving.open                 proving -> opening
    4.155  c      opening.done                 opening -> primary
    4.648  b      standby.take_chain           standby
    4.653  b      standby.follow               standby
    4.855  c      attach.tighten               primary
    5.055  c      attach.propose               primary
    5.059  c      attach.accept                primary
   15.000  -      boot                         a
   15.000  -      start                        a
   15.000  a      recalling.done               recalling -> asking
   15.019  a      asking.round                 asking
   15.178  a      asking.seek                  asking -> seeking
   15.178  a      seeking.ask                  seeking
   15.180  a      standby.take_chain           seeking
   15.185  a      seeking.start                seeking -> standby-starting
   15.276  a      instance                     up, standby
   15.277  a      standby_starting.up          standby-starting -> standby
   15.277  a      standby.open                 standby
   15.455  c      attach.tighten               primary
   15.655  c      attach.propose               primary
   15.658  c      attach.accept                primary
   40.000  -      kill                         host c
   40.000  c      instance                     down
   41.862  a      claim.silent                 standby -> claiming
   41.862  b      claim.silent                 standby -> claiming
   41.864  a      claiming.failed              claiming -> standby
   41.866  b      claiming.cut                 claiming
   41.867  a      position.asked               standby
   41.872  b      claiming.accept              claiming
   41.873  a      position.answer              standby
   41.877  b      standby.named                claiming -> promoting
   41.877  b      promoting.promote            promoting
   41.955  b      instance                     promoted to timeline 3
   41.956  b      promoting.done               promoting -> proving
   41.956  b      proving.mark                 proving
   41.957  a      standby.ask                  standby
   41.961  b      proving.open                 proving -> opening
   41.963  b      opening.done                 opening -> primary
   42.457  a      standby.take_chain           standby
   42.462  a      standby.follow               standby
   42.655  b      attach.tighten               primary
   42.855  b      attach.propose               primary
   42.858  b      attach.accept                primary
   55.000  -      boot                         c
   55.000  -      start                        c
   55.000  c      recalling.done               recalling -> asking
   55.016  c      asking.round                 asking
   55.217  c      asking.seek                  asking -> seeking
   55.217  c      seeking.ask                  seeking
   55.219  c      standby.take_chain           seeking
   55.224  c      seeking.start                seeking -> standby-starting
   55.299  c      instance                     up, standby
   55.300  c      standby_starting.up          standby-starting -> standby
   55.300  c      standby.open                 standby
   55.455  b      attach.tighten               primary
   55.655  b      attach.propose               primary
   55.658  b      attach.accept                primary
   80.000  -      kill                         host b
   80.000  b      instance                     down
   82.005  a      claim.silent                 standby -> claiming
   82.005  c      claim.silent                 standby -> claiming
   82.007  a      claiming.failed              claiming -> standby
   82.009  c      claiming.cut                 claiming
   82.010  a      position.asked               standby
   82.015  c      claiming.accept              claiming
   82.016  a      position.answer              standby
   82.019  c      standby.named                claiming -> promoting
   82.019  c      promoting.promote            promoting
   82.085  c      instance                     promoted to timeline 4
   82.087  c      promoting.done               promoting -> proving
   82.087  c      proving.mark                 proving
   82.087  a      standby.ask                  standby
   82.092  c      proving.open                 proving -> opening
   82.094  c      opening.done                 opening -> primary
   82.587  a      standby.take_chain           standby
   82.592  a      standby.follow               standby
   82.605  c      attach.tighten               primary
   82.805  c      attach.propose               primary
   82.808  c      attach.accept                primary
   95.000  -      boot                         b
   95.000  -      start                        b
   95.000  b      recalling.done               recalling -> asking
   95.021  b      asking.round                 asking
   95.164  b      asking.seek                  asking -> seeking
   95.164  b      seeking.ask                  seeking
   95.165  b      standby.take_chain           seeking
   95.170  b      seeking.start                seeking -> standby-starting
   95.270  b      instance                     up, standby
   95.270  b      standby_starting.up          standby-starting -> standby
   95.270  b      standby.open                 standby
   95.405  c      attach.tighten               primary
   95.605  c      attach.propose               primary
   95.608  c      attach.accept                primary
