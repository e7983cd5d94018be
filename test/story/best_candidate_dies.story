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
    3.862  b      claim.silent                 standby -> claiming
    3.862  c      claim.silent                 standby -> claiming
    3.863  b      claiming.failed              claiming -> standby
    3.864  c      claiming.cut                 claiming
    3.865  b      position.asked               standby
    3.870  c      claiming.accept              claiming
    3.871  b      position.answer              standby
    3.875  c      standby.named                claiming -> promoting
    3.875  c      promoting.promote            promoting
    3.951  c      instance                     promoted to timeline 2
    3.952  c      promoting.done               promoting -> proving
    3.952  c      proving.mark                 proving
    3.952  b      standby.ask                  standby
    3.957  c      proving.open                 proving -> opening
    3.959  c      opening.done                 opening -> primary
    4.059  -      kill                         host c
    4.059  c      instance                     down
   20.000  -      boot                         c
   20.000  -      start                        c
   20.000  c      recalling.done               recalling -> asking
   20.015  c      asking.round                 asking
   20.023  c      asking.start_primary         asking -> starting
   20.110  c      instance                     up, primary, closed
   20.111  c      starting.up                  starting -> proving
   20.111  c      proving.open                 proving -> opening
   20.113  c      gate                         open
   20.113  c      opening.done                 opening -> primary
   20.113  b      standby.take_chain           standby
   20.118  b      standby.follow               standby
   20.255  c      attach.tighten               primary
   20.405  c      attach.propose               primary
   20.407  c      attach.accept                primary
