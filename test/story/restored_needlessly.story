# The standby has taken over and serves. What an operator recovers on the old primary is not opened, however often it is
# started there: another one serves.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory a
at 2.0 kill host a
at 6.0 boot a
at 6.5 restore directory a without 5
at 7.0 start a -f
at 15.0 start a -f
lasts 25
must primary b at 24
never restored.propose on a
never lost
never two acknowledging
expect
    0.200  -      load                         on
    0.500  -      copy                         directory a
    2.000  -      kill                         host a
    2.000  a      instance                     down
    3.862  b      claim.silent                 standby -> claiming
    3.865  b      claiming.cut                 claiming
    3.871  b      claiming.accept              claiming
    3.875  b      standby.named                claiming -> promoting
    3.875  b      promoting.promote            promoting
    3.930  b      instance                     promoted to timeline 2
    3.931  b      promoting.done               promoting -> proving
    3.931  b      proving.mark                 proving
    3.936  b      proving.open                 proving -> opening
    3.938  b      opening.done                 opening -> primary
    6.000  -      boot                         a
    6.500  -      restore                      directory a without 5
    7.000  -      start                        a -f
    7.000  a      recalling.done               recalling -> asking
    7.026  a      asking.round                 asking
    7.089  a      asking.seek                  asking -> seeking
    7.089  a      seeking.ask                  seeking
    7.091  a      seeking.refused              seeking -> staying-down
   15.000  -      start                        a -f
   15.000  a      asking.round                 asking
   15.001  a      reply                        0: the agent of server "a" has taken the command
   15.009  a      asking.seek                  asking -> seeking
   15.009  a      seeking.ask                  seeking
   15.009  a      seeking.refused              seeking -> staying-down
