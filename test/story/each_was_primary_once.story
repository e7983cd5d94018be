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
   15.179  a      standby.take_chain           seeking
   15.184  a      seeking.start                seeking -> standby-starting
   15.257  a      instance                     up, standby
   15.258  a      standby_starting.up          standby-starting -> standby
   15.258  a      standby.open                 standby
   15.455  c      attach.tighten               primary
   15.655  c      attach.propose               primary
   15.658  c      attach.accept                primary
   40.000  -      kill                         host c
   40.000  c      instance                     down
   41.862  a      claim.silent                 standby -> claiming
   41.862  b      claim.silent                 standby -> claiming
   41.864  a      claiming.failed              claiming -> standby
   41.867  b      claiming.cut                 claiming
   41.867  a      position.asked               standby
   41.873  b      claiming.accept              claiming
   41.873  a      position.answer              standby
   41.876  b      standby.named                claiming -> promoting
   41.876  b      promoting.promote            promoting
   41.958  b      instance                     promoted to timeline 3
   41.958  b      promoting.done               promoting -> proving
   41.958  b      proving.mark                 proving
   41.958  a      standby.ask                  standby
   41.963  b      proving.open                 proving -> opening
   41.965  b      opening.done                 opening -> primary
   42.458  a      standby.take_chain           standby
   42.463  a      standby.follow               standby
   42.655  b      attach.tighten               primary
   42.855  b      attach.propose               primary
   42.859  b      attach.accept                primary
   55.000  -      boot                         c
   55.000  -      start                        c
   55.000  c      recalling.done               recalling -> asking
   55.008  c      asking.round                 asking
   55.161  c      asking.seek                  asking -> seeking
   55.161  c      seeking.ask                  seeking
   55.161  c      standby.take_chain           seeking
   55.166  c      seeking.start                seeking -> standby-starting
   55.276  c      instance                     up, standby
   55.276  c      standby_starting.up          standby-starting -> standby
   55.276  c      standby.open                 standby
   55.455  b      attach.tighten               primary
   55.655  b      attach.propose               primary
   55.658  b      attach.accept                primary
   55.661  c      standby.ask                  standby
   80.000  -      kill                         host b
   80.000  b      instance                     down
   81.862  a      claim.silent                 standby -> claiming
   81.862  c      claim.silent                 standby -> claiming
   81.864  a      claiming.failed              claiming -> standby
   81.868  c      claiming.cut                 claiming
   81.868  a      position.asked               standby
   81.874  c      claiming.accept              claiming
   81.874  a      position.answer              standby
   81.878  c      standby.named                claiming -> promoting
   81.878  c      promoting.promote            promoting
   81.931  c      instance                     promoted to timeline 4
   81.931  c      promoting.done               promoting -> proving
   81.931  c      proving.mark                 proving
   81.931  a      standby.ask                  standby
   81.936  c      proving.open                 proving -> opening
   81.938  c      opening.done                 opening -> primary
   82.431  a      standby.take_chain           standby
   82.436  a      standby.follow               standby
   82.605  c      attach.tighten               primary
   82.805  c      attach.propose               primary
   82.809  c      attach.accept                primary
   95.000  -      boot                         b
   95.000  -      start                        b
   95.000  b      recalling.done               recalling -> asking
   95.008  b      asking.round                 asking
   95.250  b      asking.seek                  asking -> seeking
   95.250  b      seeking.ask                  seeking
   95.250  b      standby.take_chain           seeking
   95.255  b      seeking.start                seeking -> standby-starting
   95.331  b      instance                     up, standby
   95.331  b      standby_starting.up          standby-starting -> standby
   95.331  b      standby.open                 standby
   95.405  c      attach.tighten               primary
   95.605  c      attach.propose               primary
   95.608  c      attach.accept                primary
