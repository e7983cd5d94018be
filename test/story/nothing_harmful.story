# Much is done that costs no server its role: words of an operator about others, messages that come twice, late and in
# another order, clocks that differ. Nobody is promoted (I6).
servers a b c
arbiters w
primary a
automatic on
begins switchable
seed 1
eligible 2
at 1.0 detach a b
at 3.0 start b
at 4.0 clock of a slow 0.015
at 4.0 clock of b fast 0.015
at 5.0 duplicate 300
at 5.0 reorder 300
at 6.0 delay 0.02 0.08
at 8.0 disable b
at 11.0 enable c
at 13.0 quorum 1
at 15.0 quorum all
at 17.0 members at a without w
at 20.0 members at a with w
at 22.0 wall of a steps 7200
at 23.0 wall of b steps 7200 back
at 24.0 load off
at 26.0 load on
at 28.0 heal
must switchable
must primary a at 30
never promoted b
never promoted c
never lost
lasts 32
expect
    1.000  -      detach                       a b
    1.000  a      apart.change                 primary
    1.003  a      round.accept                 primary
    1.007  a      detach.leaving               primary
    1.011  a      round.accept                 primary
    1.015  a      names.follow_record          primary
    1.015  b      standby.ask                  standby
    1.016  a      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
    3.000  -      start                        b
    3.001  b      reply                        0: the agent of server "b" has taken the command
    3.015  b      standby.ask                  standby
    3.015  a      apart.change                 primary
    3.019  a      round.accept                 primary
    3.515  a      attach.tighten               primary
    3.655  a      attach.propose               primary
    3.658  a      attach.accept                primary
    4.000  -      clock                        of a slow 0.015
    4.000  -      clock                        of b fast 0.015
    5.000  -      duplicate                    300
    5.000  -      reorder                      300
    6.000  -      delay                        0.02 0.08
    8.000  -      disable                      b
    8.053  a      setting.change               primary
    8.198  a      round.accept                 primary
    8.393  b      reply                        0: automatic switch and disconnection is disabled
   11.000  -      enable                       c
   11.070  a      setting.change               primary
   11.149  a      round.accept                 primary
   11.322  c      reply                        0: automatic switch and disconnection is enabled
   13.000  -      quorum                       1
   13.003  a      quorum.lower                 primary
   13.109  a      round.accept                 primary
   13.235  a      names.follow_record          primary
   15.000  -      quorum                       all
   15.055  a      quorum.tighten               primary
   15.255  a      attach.propose               primary
   15.340  a      attach.accept                primary
   17.000  -      members                      at a without w
   17.000  a      members.change               primary
   17.125  a      round.accept                 primary
   17.246  a      reply                        0: the voters are a, b, c, epoch 12
   20.000  -      members                      at a with w
   20.000  a      members.change               primary
   20.075  a      round.accept                 primary
   20.171  a      reply                        0: the voters are a, b, c, w, epoch 13
   22.000  -      wall                         of a steps 7200
   23.000  -      wall                         of b steps 7200 back
   24.000  -      load                         off
   26.000  -      load                         on
   28.000  -      heal                         
