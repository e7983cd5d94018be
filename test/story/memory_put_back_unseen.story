# The whole host of the arbiter is put back: the file looks like its own. A server that remembers more of this voter
# than it does itself says so with its first message (E3).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 copy memory of w
at 0.6 disable a
at 0.8 enable a
at 2.0 cut b
at 8.0 kill host a
at 8.0 kill agent w for good
at 8.1 old memory of w unseen
at 8.2 heal
at 8.3 start w
lasts 20
must detach.lost on a by 5
must nobody at 19
never promoted b
never lost
expect
    0.500  -      copy                         memory of w
    0.600  -      disable                      a
    0.600  a      setting.change               primary
    0.603  a      round.accept                 primary
    0.607  a      reply                        0: automatic switch and disconnection is disabled
    0.800  -      enable                       a
    0.800  a      setting.change               primary
    0.802  a      round.accept                 primary
    0.807  a      reply                        0: automatic switch and disconnection is enabled
    2.000  -      cut                          b
    3.855  a      detach.lost                  primary
    3.859  a      round.accept                 primary
    3.863  a      names.follow_record          primary
    8.000  -      kill                         host a
    8.000  a      instance                     down
    8.000  -      kill                         agent w for good
    8.100  -      old                          memory of w unseen
    8.200  -      heal                         
    8.300  -      start                        w
    8.311  b      claim.silent                 standby -> claiming
    8.314  b      claiming.failed              claiming -> standby
    8.811  b      claim.silent                 standby -> claiming
    8.813  b      claiming.failed              claiming -> standby
    9.311  b      claim.silent                 standby -> claiming
    9.312  b      claiming.failed              claiming -> standby
    9.811  b      claim.silent                 standby -> claiming
    9.813  b      claiming.failed              claiming -> standby
   10.311  b      claim.silent                 standby -> claiming
   10.313  b      claiming.failed              claiming -> standby
   10.811  b      claim.silent                 standby -> claiming
   10.812  b      claiming.failed              claiming -> standby
   11.311  b      claim.silent                 standby -> claiming
   11.313  b      claiming.failed              claiming -> standby
   11.811  b      claim.silent                 standby -> claiming
   11.812  b      claiming.failed              claiming -> standby
   12.311  b      claim.silent                 standby -> claiming
   12.313  b      claiming.failed              claiming -> standby
   12.811  b      claim.silent                 standby -> claiming
   12.812  b      claiming.failed              claiming -> standby
   13.311  b      claim.silent                 standby -> claiming
   13.313  b      claiming.failed              claiming -> standby
   13.811  b      claim.silent                 standby -> claiming
   13.813  b      claiming.failed              claiming -> standby
   14.311  b      claim.silent                 standby -> claiming
   14.313  b      claiming.failed              claiming -> standby
   14.811  b      claim.silent                 standby -> claiming
   14.813  b      claiming.failed              claiming -> standby
   15.311  b      claim.silent                 standby -> claiming
   15.312  b      claiming.failed              claiming -> standby
   15.811  b      claim.silent                 standby -> claiming
   15.812  b      claiming.failed              claiming -> standby
   16.311  b      claim.silent                 standby -> claiming
   16.312  b      claiming.failed              claiming -> standby
   16.811  b      claim.silent                 standby -> claiming
   16.812  b      claiming.failed              claiming -> standby
   17.311  b      claim.silent                 standby -> claiming
   17.313  b      claiming.failed              claiming -> standby
   17.811  b      claim.silent                 standby -> claiming
   17.813  b      claiming.failed              claiming -> standby
   18.311  b      claim.silent                 standby -> claiming
   18.312  b      claiming.failed              claiming -> standby
   18.811  b      claim.silent                 standby -> claiming
   18.812  b      claiming.failed              claiming -> standby
   19.311  b      claim.silent                 standby -> claiming
   19.313  b      claiming.failed              claiming -> standby
   19.811  b      claim.silent                 standby -> claiming
   19.813  b      claiming.failed              claiming -> standby
