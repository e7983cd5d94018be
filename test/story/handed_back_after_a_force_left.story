# A consented primary is being forced when the others are back, so its directory lies there as a standby's. The successor cannot be promoted and hands back: all that the primary had is
# there, and it takes the role (P3).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 instance b cannot promote
at 6.000 cut agents a b
at 6.000 cut agents a w
at 6.000 cut agents b w
at 6.05 kill instance a
at 15.0 force a without b w
at 15.010 heal
lasts 120
must primary a at 110
never lost
expect
    0.200  -      load                         on
    1.000  -      instance                     b cannot promote
    6.000  -      cut                          agents a b
    6.000  -      cut                          agents a w
    6.000  -      cut                          agents b w
    6.050  -      kill                         instance a
    6.050  a      primary.gone                 primary -> failing
    6.053  a      instance                     down
    6.055  a      failing.handover             failing -> consenting
   15.000  -      force                        a without b w
   15.000  a      force.begin                  consenting -> forcing
   15.000  a      forcing.start                forcing
   15.000  a      reply                        ... 0: server "a" has WAL up to 0/3021638; whether anything was acknowledged after that, nobody who is heard can tell
   15.010  -      heal                         
   15.050  a      forcing.left_named           forcing -> deposing
   15.050  a      deposing.proved              deposing -> asking
   15.050  a      asking.round                 asking
   15.050  a      reply                        1: refused "switch --force": nothing needs to be forced: this server takes over by itself
   15.050  b      claim.silent                 standby -> claiming
   15.053  a      instance                     down
   15.054  b      claiming.primary_back        claiming -> standby
   15.067  a      asking.round                 asking
   15.080  a      asking.consented             asking -> consenting
   15.554  b      claim.consent                standby -> claiming
   15.554  b      claiming.cut_early           claiming
   15.557  b      claiming.accept              claiming
   15.560  b      standby.named                claiming -> promoting
   15.560  b      promoting.promote            promoting
   15.560  a      consenting.succeeded         consenting -> asking
   15.560  a      asking.round                 asking
   15.568  a      asking.seek                  asking -> seeking
   15.575  b      standby.gone                 promoting -> deposing
   15.578  b      instance                     down
   15.605  b      deposing.proved              deposing -> asking
   15.605  b      asking.known_solo            asking
   15.605  b      asking.unpromoted            asking -> standby-starting
   15.669  b      instance                     up, standby
   15.671  b      standby_starting.up          standby-starting -> standby
   15.671  b      standby.named                standby -> promoting
   15.671  b      promoting.cut                promoting
   15.673  b      promoting.promote            promoting
   15.686  b      standby.gone                 promoting -> deposing
   15.687  b      instance                     down
   15.716  b      deposing.proved              deposing -> asking
   15.716  b      asking.known_solo            asking
   15.716  b      asking.hand_back             asking -> consenting
   15.718  a      seeking.return               seeking
   15.721  a      round.accept                 seeking
   15.725  a      seeking.named                seeking -> asking
   15.725  a      asking.known_solo            asking
   15.725  a      asking.unpromoted            asking -> standby-starting
   15.725  b      consenting.succeeded         consenting -> asking
   15.725  b      asking.round                 asking
   15.731  b      asking.seek                  asking -> seeking
   15.791  a      instance                     up, standby
   15.792  a      standby_starting.up          standby-starting -> standby
   15.792  a      standby.named                standby -> promoting
   15.792  a      promoting.cut                promoting
   15.794  a      promoting.promote            promoting
   15.853  a      instance                     promoted to timeline 2
   15.854  a      promoting.done               promoting -> proving
   15.854  a      proving.timeline             proving
   15.858  a      round.accept                 proving
   15.862  a      proving.mark                 proving
   15.868  a      proving.open                 proving -> opening
   15.870  a      gate                         open
   15.870  a      opening.done                 opening -> primary
   15.871  b      seeking.ask                  seeking
   15.871  b      standby.take_chain           seeking
   15.876  b      seeking.start                seeking -> standby-starting
   15.944  b      instance                     up, standby
   15.944  b      standby_starting.up          standby-starting -> standby
   15.944  b      standby.open                 standby
   16.055  a      attach.tighten               primary
   16.255  a      attach.propose               primary
   16.258  a      attach.accept                primary
