# The arbiter's state file is put back from a copy made before a detachment. It is not the file it wrote: its memory
# counts as lost, and one of the others does not answer. So nobody takes over with the old record (E3).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 copy memory of w
at 1.0 cut b
at 7.0 kill host a
at 7.0 kill agent w for good
at 7.1 old memory of w
at 7.2 heal
at 7.3 start w
lasts 20
must detach.lost on a by 4
must nobody at 19
never promoted b
never lost
expect
    0.500  -      copy                         memory of w
    1.000  -      cut                          b
    2.862  b      claim.silent                 standby -> claiming
    3.055  a      detach.lost                  primary
    3.059  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    3.862  b      claiming.failed              claiming -> standby
    7.000  -      kill                         host a
    7.000  a      instance                     down
    7.000  -      kill                         agent w for good
    7.100  -      old                          memory of w
    7.200  -      heal                         
    7.300  -      start                        w
    7.332  b      claim.silent                 standby -> claiming
    7.334  b      claiming.failed              claiming -> standby
    7.832  b      claim.silent                 standby -> claiming
    7.834  b      claiming.failed              claiming -> standby
    8.332  b      claim.silent                 standby -> claiming
    8.334  b      claiming.failed              claiming -> standby
    8.832  b      claim.silent                 standby -> claiming
    8.834  b      claiming.failed              claiming -> standby
    9.332  b      claim.silent                 standby -> claiming
    9.334  b      claiming.failed              claiming -> standby
    9.832  b      claim.silent                 standby -> claiming
    9.833  b      claiming.failed              claiming -> standby
   10.332  b      claim.silent                 standby -> claiming
   10.333  b      claiming.failed              claiming -> standby
   10.832  b      claim.silent                 standby -> claiming
   10.834  b      claiming.failed              claiming -> standby
   11.332  b      claim.silent                 standby -> claiming
   11.333  b      claiming.failed              claiming -> standby
   11.832  b      claim.silent                 standby -> claiming
   11.834  b      claiming.failed              claiming -> standby
   12.332  b      claim.silent                 standby -> claiming
   12.333  b      claiming.failed              claiming -> standby
   12.832  b      claim.silent                 standby -> claiming
   12.833  b      claiming.failed              claiming -> standby
   13.332  b      claim.silent                 standby -> claiming
   13.334  b      claiming.failed              claiming -> standby
   13.832  b      claim.silent                 standby -> claiming
   13.833  b      claiming.failed              claiming -> standby
   14.332  b      claim.silent                 standby -> claiming
   14.334  b      claiming.failed              claiming -> standby
   14.832  b      claim.silent                 standby -> claiming
   14.833  b      claiming.failed              claiming -> standby
   15.332  b      claim.silent                 standby -> claiming
   15.333  b      claiming.failed              claiming -> standby
   15.832  b      claim.silent                 standby -> claiming
   15.833  b      claiming.failed              claiming -> standby
   16.332  b      claim.silent                 standby -> claiming
   16.333  b      claiming.failed              claiming -> standby
   16.832  b      claim.silent                 standby -> claiming
   16.834  b      claiming.failed              claiming -> standby
   17.332  b      claim.silent                 standby -> claiming
   17.334  b      claiming.failed              claiming -> standby
   17.832  b      claim.silent                 standby -> claiming
   17.834  b      claiming.failed              claiming -> standby
   18.332  b      claim.silent                 standby -> claiming
   18.333  b      claiming.failed              claiming -> standby
   18.832  b      claim.silent                 standby -> claiming
   18.833  b      claiming.failed              claiming -> standby
   19.332  b      claim.silent                 standby -> claiming
   19.333  b      claiming.failed              claiming -> standby
   19.832  b      claim.silent                 standby -> claiming
   19.834  b      claiming.failed              claiming -> standby
