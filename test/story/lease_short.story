# A lease that is much shorter than a second, and an agent that is killed just before its server is cut off: the new one ends the
# instance that it finds open before anybody else serves.
servers a b
arbiters w
durations quick
lasts 12

at 2 kill agent a
at 2.05 cut a
at 6 heal

must lease.out on a by 2.5
must primary b at 11
never lost
expect
    2.000  -      kill                         agent a
    2.050  -      cut                          a
    2.120  a      monitor                      makes a new agent
    2.120  a      recalling.done               recalling -> asking
    2.425  a      lease.out                    asking -> cutting
    2.426  a      instance                     down
    2.455  a      cutting.proved               cutting -> fenced
    2.561  b      claim.silent                 standby -> claiming
    2.563  b      claiming.cut                 claiming
    2.569  b      claiming.accept              claiming
    2.572  b      standby.named                claiming -> promoting
    2.572  b      promoting.promote            promoting
    2.635  b      instance                     promoted to timeline 2
    2.636  b      promoting.done               promoting -> proving
    2.636  b      proving.mark                 proving
    2.641  b      proving.open                 proving -> opening
    2.643  b      opening.done                 opening -> primary
    6.000  -      heal                         
    6.031  a      cut.majority_back            fenced -> asking
    6.031  a      asking.round                 asking
    6.186  a      asking.seek                  asking -> seeking
    6.186  a      seeking.ask                  seeking
    6.187  a      seeking.refused              seeking -> staying-down
