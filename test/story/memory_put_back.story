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
    3.058  a      round.accept                 primary
    3.063  a      names.follow_record          primary
    3.862  b      claiming.failed              claiming -> standby
    7.000  -      kill                         host a
    7.000  a      instance                     down
    7.000  -      kill                         agent w for good
    7.100  -      old                          memory of w
    7.200  -      heal                         
    7.300  -      start                        w
    7.317  b      claim.silent                 standby -> claiming
    7.319  b      claiming.failed              claiming -> standby
    7.817  b      claim.silent                 standby -> claiming
    7.818  b      claiming.failed              claiming -> standby
    8.317  b      claim.silent                 standby -> claiming
    8.319  b      claiming.failed              claiming -> standby
    8.817  b      claim.silent                 standby -> claiming
    8.819  b      claiming.failed              claiming -> standby
    9.317  b      claim.silent                 standby -> claiming
    9.319  b      claiming.failed              claiming -> standby
    9.817  b      claim.silent                 standby -> claiming
    9.818  b      claiming.failed              claiming -> standby
   10.317  b      claim.silent                 standby -> claiming
   10.318  b      claiming.failed              claiming -> standby
   10.817  b      claim.silent                 standby -> claiming
   10.819  b      claiming.failed              claiming -> standby
   11.317  b      claim.silent                 standby -> claiming
   11.318  b      claiming.failed              claiming -> standby
   11.817  b      claim.silent                 standby -> claiming
   11.819  b      claiming.failed              claiming -> standby
   12.317  b      claim.silent                 standby -> claiming
   12.319  b      claiming.failed              claiming -> standby
   12.817  b      claim.silent                 standby -> claiming
   12.819  b      claiming.failed              claiming -> standby
   13.317  b      claim.silent                 standby -> claiming
   13.319  b      claiming.failed              claiming -> standby
   13.817  b      claim.silent                 standby -> claiming
   13.819  b      claiming.failed              claiming -> standby
   14.317  b      claim.silent                 standby -> claiming
   14.319  b      claiming.failed              claiming -> standby
   14.817  b      claim.silent                 standby -> claiming
   14.818  b      claiming.failed              claiming -> standby
   15.317  b      claim.silent                 standby -> claiming
   15.318  b      claiming.failed              claiming -> standby
   15.817  b      claim.silent                 standby -> claiming
   15.819  b      claiming.failed              claiming -> standby
   16.317  b      claim.silent                 standby -> claiming
   16.318  b      claiming.failed              claiming -> standby
   16.817  b      claim.silent                 standby -> claiming
   16.818  b      claiming.failed              claiming -> standby
   17.317  b      claim.silent                 standby -> claiming
   17.318  b      claiming.failed              claiming -> standby
   17.817  b      claim.silent                 standby -> claiming
   17.818  b      claiming.failed              claiming -> standby
   18.317  b      claim.silent                 standby -> claiming
   18.318  b      claiming.failed              claiming -> standby
   18.817  b      claim.silent                 standby -> claiming
   18.819  b      claiming.failed              claiming -> standby
   19.317  b      claim.silent                 standby -> claiming
   19.319  b      claiming.failed              claiming -> standby
   19.817  b      claim.silent                 standby -> claiming
   19.819  b      claiming.failed              claiming -> standby
