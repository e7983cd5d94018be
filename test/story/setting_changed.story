# disable-failover and enable-failover, asked at the standby and at the primary.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 disable b
at 3.0 enable a
lasts 6
must automatic off at 2
must automatic on at 5
must setting.change on a
must switchable at 6
must outage below 0.3
expect
    1.000  -      disable                      b
    1.000  a      setting.change               primary
    1.003  a      round.accept                 primary
    1.009  b      reply                        0: automatic switch and disconnection is disabled
    3.000  -      enable                       a
    3.000  a      setting.change               primary
    3.003  a      round.accept                 primary
    3.008  a      reply                        0: automatic switch and disconnection is enabled
