# The operator thinks again while the first word is being agreed upon: the later word holds, and is not called
# fulfilled by the record that the earlier one is about to replace.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.000 disable a
at 1.002 enable a
must automatic on at 3
never lost
lasts 4
expect
    1.000  -      disable                      a
    1.000  a      setting.change               primary
    1.002  -      enable                       a
    1.002  a      round.accept                 primary
    1.003  a      reply                        1: another command about automatic switch and disconnection came before this one was done
    1.006  a      setting.change               primary
    1.010  a      round.accept                 primary
    1.016  a      reply                        0: automatic switch and disconnection is enabled
