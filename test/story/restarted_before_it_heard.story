# The primary's disk has lost acknowledged WAL. Restarted, it does not start its instance before its eligible standby has
# said how far it is: up, it could not tell any more that the other one is ahead.
servers a b
arbiters w
primary a
automatic off
begins switchable
eligible 1
seed 1008588
think 0.04 0.12
at 10.537370 kill host a
at 10.537370 lose wal of a 3
at 40.0 boot a
at 43.0 start a -f
at 43.0 enable b
must asking.ahead_handover on a
must primary b at 50
never lost
lasts 50
expect
   10.537  -      kill                         host a
   10.537  a      instance                     down
   10.537  -      lose                         wal of a 3
   40.000  -      boot                         a
   43.000  -      start                        a -f
   43.000  -      enable                       b
   43.000  a      recalling.done               recalling -> asking
   43.000  b      setting.change               standby
   43.003  b      round.accept                 standby
   43.006  b      claim.silent                 standby -> claiming
   43.008  b      reply                        0: automatic switch and disconnection is enabled
   43.011  a      asking.round                 asking
   43.011  b      claiming.cut                 claiming
   43.013  b      claiming.accept              claiming
   43.016  b      claiming.failed              claiming -> standby
   43.427  a      asking.ahead_handover        asking -> consenting
   43.506  b      claim.consent                standby -> claiming
   43.509  b      claiming.accept              claiming
   43.513  b      standby.named                claiming -> promoting
   43.513  b      promoting.promote            promoting
   43.513  a      consenting.succeeded         consenting -> asking
   43.513  a      asking.round                 asking
   43.520  a      asking.seek                  asking -> seeking
   43.593  b      instance                     promoted to timeline 2
   43.595  b      promoting.done               promoting -> proving
   43.595  b      proving.mark                 proving
   43.595  a      seeking.ask                  seeking
   43.600  b      proving.open                 proving -> opening
   43.602  b      opening.done                 opening -> primary
   44.095  a      standby.take_chain           seeking
   44.100  a      seeking.start                seeking -> standby-starting
   44.209  a      instance                     up, standby
   44.210  a      standby_starting.up          standby-starting -> standby
   44.210  a      standby.open                 standby
   44.405  b      attach.tighten               primary
   44.595  a      standby.ask                  standby
   44.605  b      attach.propose               primary
   44.609  b      attach.accept                primary
