# The primary's instance and its agent die while it reaches two voters of four. The new agent finds the instance down, and nothing can be opened: it asks for no lease, for that kept
# the standby from taking over until it was heard again.
servers a b
arbiters w x
primary a
automatic on
begins switchable
at 0.2 load on
at 3.0 cut a b
at 3.0 cut a x
at 3.01 kill agent a
at 3.02 kill instance a
at 30 heal
lasts 50
must primary b at 15
never lost
never two acknowledging
expect
    0.200  -      load                         on
    3.000  -      cut                          a b
    3.000  -      cut                          a x
    3.010  -      kill                         agent a
    3.020  -      kill                         instance a
    3.028  a      instance                     down
    3.130  a      monitor                      makes a new agent
    3.130  a      recalling.done               recalling -> asking
    4.862  b      claim.silent                 standby -> claiming
    4.866  b      claiming.cut                 claiming
    4.872  b      claiming.accept              claiming
    4.875  b      standby.named                claiming -> promoting
    4.875  b      promoting.promote            promoting
    4.950  b      instance                     promoted to timeline 2
    4.952  b      promoting.done               promoting -> proving
    4.952  b      proving.mark                 proving
    4.957  b      proving.open                 proving -> opening
    4.959  b      opening.done                 opening -> primary
   30.000  -      heal                         
   30.050  a      asking.round                 asking
   30.137  a      asking.seek                  asking -> seeking
   30.137  a      seeking.ask                  seeking
   30.137  a      seeking.refused              seeking -> staying-down
