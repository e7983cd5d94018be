# The same, and an operator has tried to start the one that is left behind: what it wishes was for another time, and undoes no word of now.
servers a b
arbiters w
primary a
automatic on
rejoin rewind
begins switchable
at 0.1 load on
at 2.0 cut b
at 4.059 cut a w
at 8.0 force b without a w
at 12.0 heal b w
at 14.0 heal
at 15.5 start a -f
at 17.0 disable b
lasts 30
must split.waits on a by 15
must primary b at 19
must automatic off at 19
must automatic off at 29
expect
    0.100  -      load                         on
    2.000  -      cut                          b
    3.862  b      claim.silent                 standby -> claiming
    4.055  a      detach.lost                  primary
    4.058  a      round.accept                 primary
    4.059  -      cut                          a w
    4.862  b      claiming.failed              claiming -> standby
    5.070  a      pending.resolve              primary
    5.261  a      lease.out                    primary -> cutting
    5.264  a      instance                     down
    5.291  a      cutting.proved               cutting -> fenced
    5.291  a      cut.majority_back            fenced -> asking
    8.000  -      force                        b without a w
    8.000  b      force.begin                  standby -> forcing
    8.000  b      forcing.cut                  forcing
    8.000  b      reply                        ... 0: server "b" has WAL up to 0/300B108; whether anything was acknowledged after that, nobody who is heard can tell
    8.002  b      forcing.propose              forcing
    8.003  b      forcing.accept               forcing
    8.005  b      forcing.named                forcing -> promoting
    8.005  b      promoting.promote            promoting
    8.057  b      instance                     promoted to timeline 2
    8.058  b      promoting.done               promoting -> proving
    8.058  b      proving.names                proving
    8.061  b      proving.mark                 proving
    8.066  b      proving.open                 proving -> opening
    8.068  b      opening.done                 opening -> primary
    8.255  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/300B108
   12.000  -      heal                         b w
   14.000  -      heal                         
   14.050  a      asking.round                 asking
   14.051  a      split.waits                  asking -> idle
   15.500  -      start                        a -f
   15.501  a      reply                        0: the agent of server "a" has taken the command
   17.000  -      disable                      b
   17.000  b      setting.change               primary
   17.003  b      round.accept                 primary
   17.009  b      reply                        0: automatic switch and disconnection is disabled
