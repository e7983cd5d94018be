# Automatic off, the standby gone: the primary waits for it, and enable-failover lets it go on alone.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 kill host b
at 2.0 kill host a
at 3.0 boot a
at 3.1 start a
at 10.0 enable a
lasts 40
must primary a at 39
must automatic on at 39
never lost
expect
    1.000  -      kill                         host b
    1.000  b      instance                     down
    2.000  -      kill                         host a
    2.000  a      instance                     down
    3.000  -      boot                         a
    3.100  -      start                        a
    3.100  a      recalling.done               recalling -> asking
    3.128  a      asking.round                 asking
    5.105  a      asking.start_primary         asking -> starting
    5.182  a      instance                     up, primary, closed
    5.183  a      starting.up                  starting -> proving
    5.183  a      proving.names                proving
    5.705  a      detach.report                proving
   10.000  -      enable                       a
   10.000  a      setting.change               proving
   10.003  a      round.accept                 proving
   10.007  a      detach.lost                  proving
   10.008  a      reply                        0: automatic switch and disconnection is enabled
   10.011  a      round.accept                 proving
   10.015  a      proving.names                proving
   10.019  a      proving.open                 proving -> opening
   10.021  a      gate                         open
   10.021  a      opening.done                 opening -> primary
