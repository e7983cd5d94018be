# A voter has accepted the last change of a line that an operator's force has left, which its primary did not live to know. It is heard, refuses everything of the new line, and is not
# counted among those who would choose it: it cannot be added before it follows (E4, E5).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.9 load off
at 2.0 cut b
at 2.0 trap w after persist 2 kill host
at 4.5 kill host a
at 6.0 heal
at 12.0 force b for good without a w
at 18.0 boot w
at 18.5 start w
at 23.0 members at b with w
at 35.0 kill host b
at 36.0 boot b
at 36.5 start b -f
lasts 60
must opening.done on b after 36
never lost
never two acknowledging
expect
    0.200  -      load                         on
    1.900  -      load                         off
    2.000  -      cut                          b
    2.000  -      trap                         w after persist 2 kill host
    3.862  b      claim.silent                 standby -> claiming
    4.055  a      detach.lost                  primary
    4.058  a      round.accept                 primary
    4.061  -      trap                         springs on w
    4.500  -      kill                         host a
    4.500  a      instance                     down
    4.862  b      claiming.failed              claiming -> standby
    6.000  -      heal                         
   12.000  -      force                        b for good without a w
   12.000  b      force.begin                  standby -> forcing
   12.000  b      forcing.cut                  forcing
   12.000  b      reply                        ... 0: server "b" has WAL up to 0/300A8E8; whether anything was acknowledged after that, nobody who is heard can tell
   12.002  b      forcing.propose              forcing
   12.003  b      forcing.accept               forcing
   12.005  b      forcing.named                forcing -> promoting
   12.005  b      promoting.promote            promoting
   12.006  -      parted                       epoch 3 of b, and of a
   12.066  b      instance                     promoted to timeline 2
   12.068  b      promoting.done               promoting -> proving
   12.068  b      proving.names                proving
   12.071  b      proving.mark                 proving
   12.076  b      proving.open                 proving -> opening
   12.078  b      opening.done                 opening -> primary
   12.255  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/300A8E8
   18.000  -      boot                         w
   18.500  -      start                        w
   23.000  -      members                      at b with w
   23.000  b      reply                        3: refused "recover --with": it has not taken up the record of the cluster: its log says why
   35.000  -      kill                         host b
   35.000  b      instance                     down
   36.000  -      boot                         b
   36.500  -      start                        b -f
   36.500  b      recalling.done               recalling -> asking
   36.500  b      asking.round                 asking
   36.505  b      asking.start_primary         asking -> starting
   36.589  b      instance                     up, primary, closed
   36.591  b      starting.up                  starting -> proving
   36.591  b      proving.open                 proving -> opening
   36.593  b      gate                         open
   36.593  b      opening.done                 opening -> primary
