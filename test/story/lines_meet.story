# Fallback, and a network that stays cut: both go on alone, on two lines that exclude each other. When they meet again both
# learn of it, though their epochs are equal, and neither acknowledges anything more (E5). The operator keeps the one that was
# primary before: what the other one has of its own is saved, and it follows.
servers a b
primary a
automatic on
silence fallback
rejoin rewind
begins switchable
at 0.1 load on
at 9.0 cut a b
at 30.0 heal
at 36.0 force a
lasts 50
must standin.detach on a after 19
must primary b at 20
must split.stops on a by 31
must split.stops on b by 31
must split.waits on a
must idle.wanted on b after 36
must nobody at 35
must forcing.propose on a
must primary a at 37
must seeking.rejoin on b
must switchable at 49
expect
    0.100  -      load                         on
    9.000  -      cut                          a b
   10.262  a      lease.out                    primary -> cutting
   10.263  a      instance                     down
   10.292  a      cutting.proved               cutting -> fenced
   10.292  a      cut.majority_back            fenced -> asking
   10.292  a      asking.round                 asking
   11.055  b      claim.stand_in               standby -> claiming
   11.056  b      claiming.cut                 claiming
   11.062  b      claiming.accept              claiming
   11.064  b      standby.named                claiming -> promoting
   11.064  b      promoting.promote            promoting
   11.122  b      instance                     promoted to timeline 2
   11.122  b      promoting.done               promoting -> proving
   11.122  b      proving.mark                 proving
   11.127  b      proving.open                 proving -> opening
   11.129  b      opening.done                 opening -> primary
   19.892  a      standin.detach               asking
   19.893  a      round.accept                 asking
   19.895  a      asking.start_primary         asking -> starting
   19.897  -      parted                       epoch 3 of a, and of b
   19.983  a      instance                     up, primary, closed
   19.983  a      starting.up                  starting -> proving
   19.983  a      proving.mark                 proving
   19.988  a      proving.open                 proving -> opening
   19.990  a      gate                         open
   19.990  a      opening.done                 opening -> primary
   30.000  -      heal                         
   30.051  b      split.stops                  primary -> deposing
   30.051  a      split.stops                  primary -> deposing
   30.053  b      instance                     down
   30.054  a      instance                     down
   30.055  a      deposing.proved              deposing -> asking
   30.055  b      deposing.proved              deposing -> asking
   30.081  b      split.waits                  asking -> idle
   30.081  a      split.waits                  asking -> idle
   36.000  -      force                        a
   36.000  a      force.begin                  idle -> forcing
   36.000  a      forcing.start                forcing
   36.000  a      reply                        ... 0: the line of server "b", epoch 3, with WAL up to 0/30AE740, is what is given up
   36.095  a      instance                     up, standby
   36.096  a      forcing.cut                  forcing
   36.098  a      forcing.propose              forcing
   36.101  a      forcing.accept               forcing
   36.104  a      forcing.named                forcing -> promoting
   36.104  a      promoting.promote            promoting
   36.105  b      idle.wanted                  idle -> asking
   36.105  b      asking.round                 asking
   36.112  b      asking.seek                  asking -> seeking
   36.165  a      instance                     promoted to timeline 2
   36.166  a      promoting.done               promoting -> proving
   36.166  a      proving.mark                 proving
   36.171  a      proving.open                 proving -> opening
   36.173  a      gate                         open
   36.173  a      opening.done                 opening -> primary
   36.173  b      seeking.ask                  seeking
   36.173  a      reply                        0: server "a" is the primary by force since epoch 4, with WAL up to 0/3031920
   36.174  b      seeking.rejoin               seeking -> rejoining
   38.855  b      rejoining.done               rejoining -> asking
   38.855  b      asking.round                 asking
   38.862  b      asking.name_copy             asking
   38.867  b      asking.seek                  asking -> seeking
   38.867  b      seeking.ask                  seeking
   38.868  b      seeking.start                seeking -> standby-starting
   38.945  b      instance                     up, standby
   38.946  b      standby_starting.up          standby-starting -> standby
   38.946  b      standby.open                 standby
   39.055  a      attach.tighten               primary
   39.255  a      attach.propose               primary
   39.258  a      attach.accept                primary
