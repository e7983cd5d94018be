# A standby is cut off and removed from the voters; an operator forces it alone, and removes the others for good. Each of the two lines
# has removed whoever serves the other, so neither listens to a round of the other (E4). When they meet, the operator chooses, and stands
# in for the voter of the line that is given up by name, though it is heard: it follows, and votes again when it is added.
servers a b
arbiters w
primary a
automatic on
begins switchable
rejoin rewind
at 0.2 load on
at 1 cut b
at 4 members at a without b
at 8 force b for good without a w
at 12 heal
at 14 force a
at 16 force a without b
at 22 members at a with b
must primary a at 20
must switchable at 49
lasts 50
expect
    0.200  -      load                         on
    1.000  -      cut                          b
    2.862  b      claim.silent                 standby -> claiming
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    3.862  b      claiming.failed              claiming -> standby
    4.000  -      members                      at a without b
    4.000  a      members.change               primary
    4.004  a      round.accept                 primary
    4.010  a      reply                        0: the voters are a, w, epoch 4
    8.000  -      force                        b for good without a w
    8.000  b      force.begin                  standby -> forcing
    8.000  b      forcing.cut                  forcing
    8.000  b      reply                        ... 0: server "b" has WAL up to 0/30059D8; whether anything was acknowledged after that, nobody who is heard can tell
    8.002  b      forcing.propose              forcing
    8.003  b      forcing.accept               forcing
    8.005  b      forcing.named                forcing -> promoting
    8.005  b      promoting.promote            promoting
    8.006  -      parted                       epoch 3 of b, and of a
    8.057  b      instance                     promoted to timeline 2
    8.058  b      promoting.done               promoting -> proving
    8.058  b      proving.names                proving
    8.061  b      proving.mark                 proving
    8.066  b      proving.open                 proving -> opening
    8.068  b      opening.done                 opening -> primary
    8.255  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/30059D8
   12.000  -      heal                         
   12.051  b      split.stops                  primary -> deposing
   12.051  a      split.stops                  primary -> deposing
   12.054  b      instance                     down
   12.055  b      deposing.proved              deposing -> asking
   12.055  a      instance                     down
   12.081  b      split.waits                  asking -> idle
   12.081  a      deposing.proved              deposing -> asking
   12.081  a      split.waits                  asking -> idle
   14.000  -      force                        a
   14.000  a      reply                        ... 0: the line of server "b", epoch 3, with WAL up to 0/3005A00, is what is given up
   14.000  a      reply                        3: refused: the loss is accepted by mc_ctl switch --force --without b
   16.000  -      force                        a without b
   16.000  a      force.begin                  idle -> forcing
   16.000  a      forcing.start                forcing
   16.000  a      reply                        ... 0: the line of server "b", epoch 3, with WAL up to 0/3005A00, is what is given up
   16.065  a      instance                     up, standby
   16.066  a      forcing.cut                  forcing
   16.068  a      forcing.propose              forcing
   16.071  a      forcing.accept               forcing
   16.075  a      forcing.named                forcing -> promoting
   16.075  a      promoting.promote            promoting
   16.076  b      outside.stays_down           idle -> staying-down
   16.134  a      instance                     promoted to timeline 2
   16.135  a      promoting.done               promoting -> proving
   16.135  a      proving.mark                 proving
   16.140  a      proving.open                 proving -> opening
   16.142  a      gate                         open
   16.142  a      opening.done                 opening -> primary
   16.142  a      reply                        0: server "a" is the primary by force since epoch 5, with WAL up to 0/3040F38
   22.000  -      members                      at a with b
   22.000  a      members.change               primary
   22.003  a      round.accept                 primary
   22.007  b      asking.round                 asking
   22.009  a      reply                        0: the voters are a, b, w, epoch 6
   22.014  b      asking.seek                  asking -> seeking
   22.014  b      seeking.ask                  seeking
   22.055  b      seeking.rejoin               seeking -> rejoining
   23.855  b      rejoining.done               rejoining -> asking
   23.855  b      asking.round                 asking
   23.861  b      asking.name_copy             asking
   23.866  b      asking.seek                  asking -> seeking
   23.866  b      seeking.ask                  seeking
   23.867  b      seeking.start                seeking -> standby-starting
   23.966  b      instance                     up, standby
   23.967  b      standby_starting.up          standby-starting -> standby
   23.967  b      standby.open                 standby
   24.055  a      attach.tighten               primary
   24.255  a      attach.propose               primary
   24.258  a      attach.accept                primary
