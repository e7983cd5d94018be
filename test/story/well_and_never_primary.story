# The first candidate is cut off when the arbiter and itself have accepted its takeover, and hears the arbiter. That one took it for a primary that is well, and let the other standby find nothing
# (section 5); so nobody served. Under what is only accepted nobody does.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
at 0.2 load on
at 3.0 kill host a
at 4.8722 cut c b
at 4.8722 cut c x
at 4.8723 cut b
at 8 heal b w
at 8 heal b x
at 40 heal
lasts 60
must primary c at 30
never lost
never two acknowledging
expect
    0.200  -      load                         on
    3.000  -      kill                         host a
    3.000  a      instance                     down
    4.862  c      claim.silent                 standby -> claiming
    4.862  b      claim.silent                 standby -> claiming
    4.864  b      claiming.failed              claiming -> standby
    4.865  c      claiming.cut                 claiming
    4.865  b      position.asked               standby
    4.871  c      claiming.accept              claiming
    4.871  b      position.answer              standby
    4.872  -      cut                          c b
    4.872  -      cut                          c x
    4.872  -      cut                          b
    5.362  b      claim.silent                 standby -> claiming
    5.862  c      claiming.failed              claiming -> standby
    6.023  c      claim.silent                 standby -> claiming
    7.362  b      claiming.failed              claiming -> standby
    8.000  -      heal                         b w
    8.000  -      heal                         b x
    8.023  c      claiming.failed              claiming -> standby
    8.050  b      claim.silent                 standby -> claiming
    8.056  b      claiming.failed              claiming -> standby
    8.223  c      standby.named                standby -> promoting
    8.223  c      promoting.promote            promoting
    8.277  c      instance                     promoted to timeline 2
    8.278  c      promoting.done               promoting -> proving
    8.278  c      proving.mark                 proving
    8.283  c      proving.open                 proving -> opening
    8.285  c      opening.done                 opening -> primary
   11.055  b      standby.missed               standby
   40.000  -      heal                         
   40.050  b      standby.ask                  standby
   40.051  b      standby.take_chain           standby
   40.056  b      standby.follow               standby
   40.255  c      attach.tighten               primary
   40.455  c      attach.propose               primary
   40.490  c      attach.accept                primary
