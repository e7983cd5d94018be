# The standby's instance dies while the checkpoints of a switch are made: nobody was cut off yet, and nobody is. Then
# its host is lost in the middle of the stop: nobody takes over, and the primary opens again.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 5.000 switch a
at 5.010 kill instance b
at 20.000 switch a
at 20.265 kill host b
at 40.000 boot b
at 40.100 start b
lasts 60
must primary a at 7
must primary a at 10
must switchable at 19
must primary a at 35
must switchable at 59
never lost
never two acknowledging
expect
    5.000  -      switch                       a
    5.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    5.010  -      kill                         instance b
    5.010  b      standby.gone                 standby -> deposing
    5.010  a      switch.impossible            primary
    5.010  a      detach.lost                  primary
    5.010  a      reply                        3: refused "switch": the standby's instance does not stream as it should: its log says why
    5.013  b      instance                     down
    5.014  a      round.accept                 primary
    5.017  a      names.follow_record          primary
    5.040  b      deposing.proved              deposing -> asking
    5.040  b      asking.round                 asking
    5.047  b      asking.seek                  asking -> seeking
    5.047  b      seeking.ask                  seeking
    5.047  b      seeking.start                seeking -> standby-starting
    5.147  b      instance                     up, standby
    5.147  b      standby_starting.up          standby-starting -> standby
    5.147  b      standby.open                 standby
    5.255  a      attach.tighten               primary
    5.455  a      attach.propose               primary
    5.457  a      attach.accept                primary
   20.000  -      switch                       a
   20.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   20.255  a      switch.stop                  primary -> leaving
   20.255  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   20.265  -      kill                         host b
   20.265  b      instance                     down
   23.381  a      instance                     down, clean
   23.381  a      leaving.switch               leaving -> consenting
   27.455  a      consenting.nobody_came       consenting
   27.458  a      round.accept                 consenting
   27.462  a      consenting.later_record      consenting -> asking
   27.462  a      asking.round                 asking
   27.469  a      asking.start_primary         asking -> starting
   27.538  a      instance                     up, primary, closed
   27.539  a      starting.up                  starting -> proving
   27.539  a      proving.names                proving
   28.055  a      detach.lost                  proving
   28.058  a      round.accept                 proving
   28.061  a      proving.names                proving
   28.066  a      proving.open                 proving -> opening
   28.068  a      gate                         open
   28.068  a      opening.done                 opening -> primary
   28.069  a      reply                        1: the switch to server "b" did not come about; server "a" is the primary as before
   40.000  -      boot                         b
   40.100  -      start                        b
   40.100  b      recalling.done               recalling -> asking
   40.115  b      asking.round                 asking
   40.234  b      asking.seek                  asking -> seeking
   40.234  b      seeking.ask                  seeking
   40.236  b      seeking.start                seeking -> standby-starting
   40.332  b      instance                     up, standby
   40.332  b      standby_starting.up          standby-starting -> standby
   40.332  b      standby.open                 standby
   40.505  a      attach.tighten               primary
   40.655  a      attach.propose               primary
   40.658  a      attach.accept                primary
