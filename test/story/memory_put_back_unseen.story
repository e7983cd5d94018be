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
    0.602  a      round.accept                 primary
    0.607  a      reply                        0: automatic switch and disconnection is disabled
    0.800  -      enable                       a
    0.800  a      setting.change               primary
    0.804  a      round.accept                 primary
    0.809  a      reply                        0: automatic switch and disconnection is enabled
    2.000  -      cut                          b
    3.808  b      claim.silent                 standby -> claiming
    3.855  a      detach.lost                  primary
    3.858  a      round.accept                 primary
    3.862  a      names.follow_record          primary
    4.808  b      claiming.failed              claiming -> standby
    8.000  -      kill                         host a
    8.000  a      instance                     down
    8.000  -      kill                         agent w for good
    8.100  -      old                          memory of w unseen
    8.200  -      heal                         
    8.300  -      start                        w
    8.331  b      claim.silent                 standby -> claiming
    8.333  b      claiming.failed              claiming -> standby
    8.831  b      claim.silent                 standby -> claiming
    8.832  b      claiming.failed              claiming -> standby
    9.331  b      claim.silent                 standby -> claiming
    9.333  b      claiming.failed              claiming -> standby
    9.831  b      claim.silent                 standby -> claiming
    9.832  b      claiming.failed              claiming -> standby
   10.331  b      claim.silent                 standby -> claiming
   10.333  b      claiming.failed              claiming -> standby
   10.831  b      claim.silent                 standby -> claiming
   10.833  b      claiming.failed              claiming -> standby
   11.331  b      claim.silent                 standby -> claiming
   11.332  b      claiming.failed              claiming -> standby
   11.831  b      claim.silent                 standby -> claiming
   11.833  b      claiming.failed              claiming -> standby
   12.331  b      claim.silent                 standby -> claiming
   12.332  b      claiming.failed              claiming -> standby
   12.831  b      claim.silent                 standby -> claiming
   12.833  b      claiming.failed              claiming -> standby
   13.331  b      claim.silent                 standby -> claiming
   13.333  b      claiming.failed              claiming -> standby
   13.831  b      claim.silent                 standby -> claiming
   13.832  b      claiming.failed              claiming -> standby
   14.331  b      claim.silent                 standby -> claiming
   14.333  b      claiming.failed              claiming -> standby
   14.831  b      claim.silent                 standby -> claiming
   14.833  b      claiming.failed              claiming -> standby
   15.331  b      claim.silent                 standby -> claiming
   15.333  b      claiming.failed              claiming -> standby
   15.831  b      claim.silent                 standby -> claiming
   15.833  b      claiming.failed              claiming -> standby
   16.331  b      claim.silent                 standby -> claiming
   16.332  b      claiming.failed              claiming -> standby
   16.831  b      claim.silent                 standby -> claiming
   16.833  b      claiming.failed              claiming -> standby
   17.331  b      claim.silent                 standby -> claiming
   17.333  b      claiming.failed              claiming -> standby
   17.831  b      claim.silent                 standby -> claiming
   17.832  b      claiming.failed              claiming -> standby
   18.331  b      claim.silent                 standby -> claiming
   18.333  b      claiming.failed              claiming -> standby
   18.831  b      claim.silent                 standby -> claiming
   18.832  b      claiming.failed              claiming -> standby
   19.331  b      claim.silent                 standby -> claiming
   19.333  b      claiming.failed              claiming -> standby
   19.831  b      claim.silent                 standby -> claiming
   19.832  b      claiming.failed              claiming -> standby
