# A cluster of two servers and an arbiter becomes two voters, and those two have a command (section 8). The primary's agent freezes: the standby asks the command and
# takes over alone. The other comes back with WAL of its own, which nobody was told of, is made over, and the arbiter is a voter again.
servers a b
arbiters w
primary a
automatic on
silence command
rejoin rewind
begins switchable
at 0.2 load on
at 2.0 members at a without w
at 20.1 freeze a
at 40 heal
at 50 thaw a
at 60.0 members at b with w
lasts 80
must claim.stand_in on b by 25
must primary b at 59
must switchable at 79
never lost
never two acknowledging
expect
    0.200  -      load                         on
    2.000  -      members                      at a without w
    2.000  a      members.change               primary
    2.003  a      round.accept                 primary
    2.008  a      reply                        0: the voters are a, b, epoch 3
   20.100  -      freeze                       a
   22.007  b      standin.ask                  standby
   22.157  b      command                      asks about a: yes
   22.157  b      claim.stand_in               standby -> claiming
   22.158  b      claiming.cut                 claiming
   22.164  b      claiming.accept              claiming
   22.165  b      standby.named                claiming -> promoting
   22.165  b      promoting.promote            promoting
   22.234  b      instance                     promoted to timeline 2
   22.235  b      promoting.done               promoting -> proving
   22.235  b      proving.mark                 proving
   22.240  b      proving.open                 proving -> opening
   22.242  b      opening.done                 opening -> primary
   40.000  -      heal                         
   50.000  -      thaw                         a
   50.000  a      lease.out                    primary -> cutting
   50.002  a      instance                     down
   50.030  a      cutting.proved               cutting -> fenced
   50.030  a      cut.majority_back            fenced -> asking
   50.030  a      asking.round                 asking
   50.037  a      asking.seek                  asking -> seeking
   50.037  a      seeking.ask                  seeking
   50.038  a      seeking.rejoin               seeking -> rejoining
   51.400  a      rejoining.done               rejoining -> asking
   51.400  a      asking.round                 asking
   51.407  a      asking.name_copy             asking
   51.412  a      asking.seek                  asking -> seeking
   51.412  a      seeking.ask                  seeking
   51.455  a      seeking.start                seeking -> standby-starting
   51.539  a      instance                     up, standby
   51.541  a      standby_starting.up          standby-starting -> standby
   51.541  a      standby.open                 standby
   51.655  b      attach.tighten               primary
   51.855  b      attach.propose               primary
   51.858  b      attach.accept                primary
   60.000  -      members                      at b with w
   60.000  b      members.change               primary
   60.003  b      round.accept                 primary
   60.009  b      reply                        0: the voters are a, b, w, epoch 6
