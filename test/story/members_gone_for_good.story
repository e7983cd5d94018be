# One server of three voters is left. An operator stands in for the other two and removes them with the same word: the line
# begins with one voter (E4, E5), which needs nobody any more. Who comes back is told, and stays down until he is added.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.9 load off
at 2.0 kill host w
at 2.1 kill host a
at 6.0 force b for good without a
at 8.0 force b for good without a w
at 12.0 kill host b
at 13.0 boot b
at 13.5 start b -f
at 18.0 boot w
at 18.5 start w
at 19.0 boot a
at 19.5 start a -f
at 23.0 members at b with w
at 25.0 members at b with a
lasts 40
must nobody at 7.9
must primary b at 11
must primary b at 17
must primary b at 22
must switchable at 39
never lost
never two acknowledging
expect
    0.200  -      load                         on
    1.900  -      load                         off
    2.000  -      kill                         host w
    2.100  -      kill                         host a
    2.100  a      instance                     down
    6.000  -      force                        b for good without a
    6.000  b      reply                        ... 0: server "b" has WAL up to 0/300A8E8; whether anything was acknowledged after that, nobody who is heard can tell
    6.000  b      reply                        3: refused: the loss is accepted by mc_ctl recover --force --without a --without w
    8.000  -      force                        b for good without a w
    8.000  b      force.begin                  standby -> forcing
    8.000  b      forcing.cut                  forcing
    8.000  b      reply                        ... 0: server "b" has WAL up to 0/300A8E8; whether anything was acknowledged after that, nobody who is heard can tell
    8.002  b      forcing.propose              forcing
    8.003  b      forcing.accept               forcing
    8.004  b      forcing.named                forcing -> promoting
    8.004  b      promoting.promote            promoting
    8.078  b      instance                     promoted to timeline 2
    8.080  b      promoting.done               promoting -> proving
    8.080  b      proving.names                proving
    8.083  b      proving.mark                 proving
    8.088  b      proving.open                 proving -> opening
    8.090  b      opening.done                 opening -> primary
    8.255  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/300A8E8
   12.000  -      kill                         host b
   12.000  b      instance                     down
   13.000  -      boot                         b
   13.500  -      start                        b -f
   13.500  b      recalling.done               recalling -> asking
   13.500  b      asking.round                 asking
   13.505  b      asking.start_primary         asking -> starting
   13.613  b      instance                     up, primary, closed
   13.615  b      starting.up                  starting -> proving
   13.615  b      proving.open                 proving -> opening
   13.617  b      gate                         open
   13.617  b      opening.done                 opening -> primary
   18.000  -      boot                         w
   18.500  -      start                        w
   19.000  -      boot                         a
   19.500  -      start                        a -f
   19.500  a      recalling.done               recalling -> asking
   19.507  a      asking.round                 asking
   19.507  a      outside.stays_down           asking -> staying-down
   23.000  -      members                      at b with w
   23.000  b      members.change               primary
   23.001  b      round.accept                 primary
   23.007  b      reply                        0: the voters are b, w, epoch 4
   25.000  -      members                      at b with a
   25.000  b      members.change               primary
   25.003  b      round.accept                 primary
   25.007  a      asking.round                 asking
   25.009  b      reply                        0: the voters are a, b, w, epoch 5
   25.015  a      asking.seek                  asking -> seeking
   25.015  a      seeking.ask                  seeking
   25.017  a      standby.take_chain           seeking
   25.022  a      seeking.start                seeking -> standby-starting
   25.099  a      instance                     up, standby
   25.100  a      standby_starting.up          standby-starting -> standby
   25.100  a      standby.open                 standby
   25.305  b      attach.tighten               primary
   25.505  b      attach.propose               primary
   25.508  b      attach.accept                primary
