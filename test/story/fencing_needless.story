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
   14.030  a      switch.stop                  primary -> leaving
   14.030  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
   14.072  a      instance                     down, clean
   14.072  a      leaving.switch               leaving -> consenting
   14.073  b      claim.consent                standby -> claiming
   14.073  b      claiming.cut_early           claiming
   14.076  b      claiming.accept              claiming
   14.080  b      standby.named                claiming -> promoting
   14.080  b      promoting.promote            promoting
   14.080  a      consenting.succeeded         consenting -> asking
   14.080  a      asking.round                 asking
   14.088  a      asking.seek                  asking -> seeking
   14.144  b      instance                     promoted to timeline 2
   14.145  b      promoting.done               promoting -> proving
   14.145  b      proving.mark                 proving
   14.146  a      seeking.ask                  seeking
   14.150  b      proving.open                 proving -> opening
   14.152  b      opening.done                 opening -> primary
   14.646  a      standby.take_chain           seeking
   14.651  a      seeking.start                seeking -> standby-starting
   14.720  a      instance                     up, standby
   14.721  a      standby_starting.up          standby-starting -> standby
   14.721  a      standby.open                 standby
   14.855  b      attach.tighten               primary
   15.055  b      attach.propose               primary
   15.058  b      attach.accept                primary
   15.063  a      reply                        0: switched: server "b" is the primary since epoch 5, server "a" its standby
   20.000  -      stop                         a
   20.000  a      stop.standby                 standby -> standby-leaving
   20.000  b      detach.leaving               primary
   20.003  b      round.accept                 primary
   20.006  b      names.follow_record          primary
   20.007  a      stop.detached                standby-leaving -> stopping
   20.049  a      instance                     down, clean
   20.049  a      stop.nothing_runs            stopping -> gone
   20.049  a      reply                        0: agent of server "a" stopped
   20.049  a      agent                        exits
   30.000  -      start                        a
   30.000  a      recalling.done               recalling -> asking
   30.004  a      asking.round                 asking
   30.012  a      asking.seek                  asking -> seeking
   30.030  a      seeking.ask                  seeking
   30.031  a      seeking.start                seeking -> standby-starting
   30.111  a      instance                     up, standby
   30.113  a      standby_starting.up          standby-starting -> standby
   30.113  a      standby.open                 standby
   30.255  b      attach.tighten               primary
   30.455  b      attach.propose               primary
   30.458  b      attach.accept                primary
