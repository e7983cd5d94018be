# F1: nobody is isolated whom the arbiter hears, or who has said that it leaves: a WAL link that is cut, a handover, a stop.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 1.0 cut wal a b
at 8.0 heal
at 14.0 switch a
at 20.0 stop a
at 30.0 start a
lasts 40
must detach.lost on a
must primary b at 19
must detach.leaving on b
must switchable at 39
never fencing.begun
never lost
expect
    0.100  -      load                         on
    1.000  -      cut                          wal a b
    3.061  a      detach.lost                  primary
    3.063  a      round.accept                 primary
    3.067  a      names.follow_record          primary
    3.067  b      standby.ask                  standby
    8.000  -      heal                         
    8.255  a      attach.tighten               primary
    8.455  a      attach.propose               primary
    8.457  a      attach.accept                primary
   14.000  -      switch                       a
   14.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
   14.055  a      switch.stop                  primary -> leaving
   14.055  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   14.097  a      instance                     down, clean
   14.097  a      leaving.switch               leaving -> consenting
   14.097  b      claim.consent                standby -> claiming
   14.097  b      claiming.cut_early           claiming
   14.100  b      claiming.accept              claiming
   14.104  b      standby.named                claiming -> promoting
   14.104  b      promoting.promote            promoting
   14.104  a      consenting.succeeded         consenting -> asking
   14.104  a      asking.round                 asking
   14.111  a      asking.seek                  asking -> seeking
   14.181  b      instance                     promoted to timeline 2
   14.181  b      promoting.done               promoting -> proving
   14.181  b      proving.mark                 proving
   14.181  a      seeking.ask                  seeking
   14.186  b      proving.open                 proving -> opening
   14.188  b      opening.done                 opening -> primary
   14.681  a      standby.take_chain           seeking
   14.686  a      seeking.start                seeking -> standby-starting
   14.791  a      instance                     up, standby
   14.792  a      standby_starting.up          standby-starting -> standby
   14.792  a      standby.open                 standby
   14.855  b      attach.tighten               primary
   15.055  b      attach.propose               primary
   15.058  b      attach.accept                primary
   15.063  a      reply                        0: switched: server "b" is the primary since epoch 5, server "a" its standby
   20.000  -      stop                         a
   20.000  a      stop.standby                 standby -> standby-leaving
   20.000  b      detach.leaving               primary
   20.004  b      round.accept                 primary
   20.008  b      names.follow_record          primary
   20.008  a      stop.detached                standby-leaving -> stopping
   20.049  a      instance                     down, clean
   20.049  a      stop.nothing_runs            stopping -> gone
   20.049  a      reply                        0: agent of server "a" stopped
   20.049  a      agent                        exits
   30.000  -      start                        a
   30.000  a      recalling.done               recalling -> asking
   30.014  a      asking.round                 asking
   30.021  a      asking.seek                  asking -> seeking
   30.021  a      seeking.ask                  seeking
   30.022  a      seeking.start                seeking -> standby-starting
   30.086  a      instance                     up, standby
   30.088  a      standby_starting.up          standby-starting -> standby
   30.088  a      standby.open                 standby
   30.255  b      attach.tighten               primary
   30.455  b      attach.propose               primary
   30.457  b      attach.accept                primary
