# As handed_over_and_forgotten, but the memory of the one before is put back to before its word, and nobody notices: its next run is confirmed by the arbiter, and serves. When the two are
# cut off, the successor's way to the arbiter is back. The word is of a run that the arbiter has heard the next one of since, and that one does not repeat it: it says nothing (P7).
servers a b
arbiters w
primary a
automatic off
begins switchable
at 0.2 load on
at 5.8 copy memory of a
at 5.9 cut agents b w
at 6.000 switch a b
at 6.400 cut agents a w
at 6.43 cut agents b -> a
at 6.452 cut agents a b
at 6.454 kill host a
at 6.5 old memory of a unseen
at 7.0 boot a
at 7.1 heal a w
at 7.2 start a
at 12.0 cut a w
at 12.0 heal b w
at 20 heal
lasts 40
must switchable at 40
never lost
never two acknowledging
expect
    0.200  -      load                         on
    5.800  -      copy                         memory of a
    5.900  -      cut                          agents b w
    6.000  -      switch                       a b
    6.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    6.400  -      cut                          agents a w
    6.405  a      switch.stop                  primary -> leaving
    6.405  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    6.430  -      cut                          agents b -> a
    6.447  a      instance                     down, clean
    6.447  a      leaving.switch               leaving -> consenting
    6.448  b      claim.consent                standby -> claiming
    6.448  b      claiming.cut_early           claiming
    6.452  -      cut                          agents a b
    6.454  -      kill                         host a
    6.500  -      old                          memory of a unseen
    7.000  -      boot                         a
    7.100  -      heal                         a w
    7.200  -      start                        a
    7.200  a      recalling.done               recalling -> asking
    7.210  a      asking.round                 asking
    7.448  b      claiming.failed              claiming -> standby
    7.448  b      standby.follow               standby
    7.591  b      claim.consent                standby -> claiming
    7.591  b      claiming.cut_early           claiming
    9.205  a      asking.start_primary         asking -> starting
    9.270  a      instance                     up, primary, closed
    9.271  a      starting.up                  starting -> proving
    9.271  a      proving.names                proving
    9.591  b      claiming.failed              claiming -> standby
    9.591  b      standby.follow               standby
    9.605  a      proving.open                 proving -> opening
    9.607  a      gate                         open
    9.607  a      opening.done                 opening -> primary
   10.205  a      detach.report                primary
   12.000  -      cut                          a w
   12.000  -      heal                         b w
   12.100  b      claim.consent                standby -> claiming
   12.100  b      claiming.cut_early           claiming
   12.103  b      claiming.failed              claiming -> standby
   12.108  b      standby.follow               standby
   12.600  b      claim.consent                standby -> claiming
   12.600  b      claiming.cut_early           claiming
   12.601  b      claiming.failed              claiming -> standby
   12.607  b      standby.follow               standby
   13.100  b      claim.consent                standby -> claiming
   13.100  b      claiming.cut_early           claiming
   13.102  b      claiming.failed              claiming -> standby
   13.107  b      standby.follow               standby
   13.600  b      claim.consent                standby -> claiming
   13.600  b      claiming.cut_early           claiming
   13.602  b      claiming.failed              claiming -> standby
   13.609  b      standby.follow               standby
   14.100  b      claim.consent                standby -> claiming
   14.100  b      claiming.cut_early           claiming
   14.102  b      claiming.failed              claiming -> standby
   14.107  b      standby.follow               standby
   14.600  b      claim.consent                standby -> claiming
   14.600  b      claiming.cut_early           claiming
   14.601  b      claiming.failed              claiming -> standby
   14.607  b      standby.follow               standby
   15.100  b      claim.consent                standby -> claiming
   15.100  b      claiming.cut_early           claiming
   15.102  b      claiming.failed              claiming -> standby
   15.107  b      standby.follow               standby
   15.600  b      claim.consent                standby -> claiming
   15.600  b      claiming.cut_early           claiming
   15.602  b      claiming.failed              claiming -> standby
   15.609  b      standby.follow               standby
   16.100  b      claim.consent                standby -> claiming
   16.100  b      claiming.cut_early           claiming
   16.102  b      claiming.failed              claiming -> standby
   16.109  b      standby.follow               standby
   16.600  b      claim.consent                standby -> claiming
   16.600  b      claiming.cut_early           claiming
   16.602  b      claiming.failed              claiming -> standby
   16.609  b      standby.follow               standby
   17.100  b      claim.consent                standby -> claiming
   17.100  b      claiming.cut_early           claiming
   17.101  b      claiming.failed              claiming -> standby
   17.109  b      standby.follow               standby
   17.600  b      claim.consent                standby -> claiming
   17.600  b      claiming.cut_early           claiming
   17.602  b      claiming.failed              claiming -> standby
   17.607  b      standby.follow               standby
   18.100  b      claim.consent                standby -> claiming
   18.100  b      claiming.cut_early           claiming
   18.102  b      claiming.failed              claiming -> standby
   18.107  b      standby.follow               standby
   18.600  b      claim.consent                standby -> claiming
   18.600  b      claiming.cut_early           claiming
   18.602  b      claiming.failed              claiming -> standby
   18.607  b      standby.follow               standby
   19.100  b      claim.consent                standby -> claiming
   19.100  b      claiming.cut_early           claiming
   19.101  b      claiming.failed              claiming -> standby
   19.109  b      standby.follow               standby
   19.600  b      claim.consent                standby -> claiming
   19.600  b      claiming.cut_early           claiming
   19.601  b      claiming.failed              claiming -> standby
   19.609  b      standby.follow               standby
   20.000  -      heal                         
