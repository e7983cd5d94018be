# The link that WAL takes is cut just before a switch is asked for: nobody can know it yet. Nobody is cut off for it: the
# successor must have something first that was written after the wish.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 4.900 cut wal a b
at 5.000 switch a
at 20.000 heal
lasts 40
must detach.lost on a by 9
must primary a at 10
must outage below 4
must switchable at 39
never switch.stop on a
never lost
never two acknowledging
expect
    4.900  -      cut                          wal a b
    5.000  -      switch                       a
    5.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    7.062  a      detach.lost                  primary
    7.065  a      round.accept                 primary
    7.068  a      switch.impossible            primary
    7.068  a      names.follow_record          primary
    7.068  b      standby.ask                  standby
    7.069  a      reply                        3: refused "switch": no standby is eligible; mc_ctl start at a standby brings it back
   20.000  -      heal                         
   20.255  a      attach.tighten               primary
   20.455  a      attach.propose               primary
   20.457  a      attach.accept                primary
