# As lines_meet_accepted_alone: one server stays behind on another line, and is heard. The others are a majority, and of two voters it would be one: the arbiter cannot be removed, for the record
# that does it would wait for it for ever (E4, E5).
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
at 20.0 members at b without w
at 35.0 kill instance b
at 45.0 force b without a
at 50.0 force b for good without a
at 52.0 members at b without a
lasts 70
must split.waits on a by 15
must opening.done on b after 35
never two acknowledging
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
   20.000  -      members                      at b without w
   20.000  b      reply                        3: refused "recover --without": no majority of the voters that stay answers
   35.000  -      kill                         instance b
   35.000  b      primary.gone                 primary -> failing
   35.001  b      instance                     down
   35.030  b      failing.restart              failing -> asking
   35.030  b      asking.known_solo            asking
   35.030  b      asking.start_primary         asking -> starting
   35.093  b      instance                     up, primary, closed
   35.094  b      starting.up                  starting -> proving
   35.094  b      proving.open                 proving -> opening
   35.096  b      gate                         open
   35.096  b      opening.done                 opening -> primary
   45.000  -      force                        b without a
   45.000  b      reply                        3: refused "switch --force": the primary of the record answers: mc_ctl switch, or mc_ctl stop there first
   50.000  -      force                        b for good without a
   50.000  b      members.change               primary
   50.003  b      round.accept                 primary
   50.008  b      reply                        0: the voters are b, w, epoch 4
   52.000  -      members                      at b without a
