# As strict_without_a_standby, and somebody else streams under a name that the standby had before: it has every commit at once, and
# none of them counts. When the primary's host dies, too, the standby takes over by its operator's word, and lacks nothing.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 2.0 kill host b
at 2.5 instance a feeds stranger of b
at 15.0 kill host a for good
at 16.0 boot b
at 16.5 start b
at 20.0 enable b
lasts 40
must detach.report on a
never attach.tighten on a
never detach.lost
must primary a at 14
must primary b at 39
must acknowledged more than 8000
never lost
expect
    2.000  -      kill                         host b
    2.000  b      instance                     down
    2.500  -      instance                     a feeds stranger of b
    4.005  a      detach.report                primary
   15.000  -      kill                         host a for good
   15.000  a      instance                     down
   16.000  -      boot                         b
   16.500  -      start                        b
   16.500  b      recalling.done               recalling -> asking
   16.521  b      asking.round                 asking
   16.527  b      asking.start_standby         asking -> standby-starting
   16.607  b      instance                     up, standby
   16.608  b      standby_starting.up          standby-starting -> standby
   16.608  b      standby.open                 standby
   20.000  -      enable                       b
   20.000  b      setting.change               standby
   20.003  b      round.accept                 standby
   20.007  b      claim.silent                 standby -> claiming
   20.008  b      reply                        0: automatic switch and disconnection is enabled
   20.011  b      claiming.cut                 claiming
   20.013  b      claiming.accept              claiming
   20.017  b      standby.named                claiming -> promoting
   20.017  b      promoting.promote            promoting
   20.090  b      instance                     promoted to timeline 2
   20.092  b      promoting.done               promoting -> proving
   20.092  b      proving.mark                 proving
   20.097  b      proving.open                 proving -> opening
   20.099  b      opening.done                 opening -> primary
