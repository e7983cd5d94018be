# The primary's host has lost WAL that its standby has, so it hands over; and the standby cannot be promoted. To whom
# lacks acknowledged commits nothing is handed back (P1, P3): nobody serves until the successor can be promoted.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b cannot promote
at 2.0 kill host a
at 2.1 lose wal of a 3
at 2.2 boot a
at 2.2 start a
at 12.0 instance b can promote
lasts 40
must asking.unpromoted on b
must nobody at 11
must primary b at 20
never asking.hand_back on b
never seeking.return on a
never lost
never two acknowledging
expect
    1.000  -      instance                     b cannot promote
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.100  -      lose                         wal of a 3
    2.200  -      boot                         a
    2.200  -      start                        a
    2.200  a      recalling.done               recalling -> asking
    2.224  a      asking.round                 asking
    2.638  a      asking.ahead_handover        asking -> consenting
    2.640  b      claim.consent                standby -> claiming
    2.640  b      claiming.cut_early           claiming
    2.647  b      claiming.accept              claiming
    2.651  b      standby.named                claiming -> promoting
    2.651  b      promoting.promote            promoting
    2.652  a      consenting.succeeded         consenting -> asking
    2.652  a      asking.round                 asking
    2.658  a      asking.seek                  asking -> seeking
    2.666  b      standby.gone                 promoting -> deposing
    2.669  b      instance                     down
    2.696  b      deposing.proved              deposing -> asking
    2.696  b      asking.known_solo            asking
    2.696  b      asking.unpromoted            asking -> standby-starting
    2.804  b      instance                     up, standby
    2.806  b      standby_starting.up          standby-starting -> standby
    2.806  b      standby.named                standby -> promoting
    2.806  b      promoting.cut                promoting
    2.808  b      promoting.promote            promoting
    2.821  b      standby.gone                 promoting -> deposing
    2.821  b      instance                     down
    2.851  b      deposing.proved              deposing -> asking
    2.851  b      asking.known_solo            asking
    2.851  b      asking.unpromoted            asking -> standby-starting
    2.937  b      instance                     up, standby
    2.939  b      standby_starting.up          standby-starting -> standby
    2.939  b      standby.named                standby -> promoting
    2.939  b      promoting.cut                promoting
    2.941  b      promoting.promote            promoting
    2.953  b      standby.gone                 promoting -> deposing
    2.954  b      instance                     down
    2.983  b      deposing.proved              deposing -> asking
    2.983  b      asking.known_solo            asking
    3.983  b      asking.unpromoted            asking -> standby-starting
    4.056  b      instance                     up, standby
    4.057  b      standby_starting.up          standby-starting -> standby
    4.057  b      standby.named                standby -> promoting
    4.057  b      promoting.cut                promoting
    4.059  b      promoting.promote            promoting
    4.071  b      standby.gone                 promoting -> deposing
    4.073  b      instance                     down
    4.101  b      deposing.proved              deposing -> asking
    4.101  b      asking.known_solo            asking
    6.101  b      asking.unpromoted            asking -> standby-starting
    6.179  b      instance                     up, standby
    6.181  b      standby_starting.up          standby-starting -> standby
    6.181  b      standby.named                standby -> promoting
    6.181  b      promoting.cut                promoting
    6.183  b      promoting.promote            promoting
    6.195  b      standby.gone                 promoting -> deposing
    6.197  b      instance                     down
    6.225  b      deposing.proved              deposing -> asking
    6.225  b      asking.known_solo            asking
   10.225  b      asking.unpromoted            asking -> standby-starting
   10.324  b      instance                     up, standby
   10.325  b      standby_starting.up          standby-starting -> standby
   10.325  b      standby.named                standby -> promoting
   10.325  b      promoting.cut                promoting
   10.327  b      promoting.promote            promoting
   10.339  b      standby.gone                 promoting -> deposing
   10.342  b      instance                     down
   10.369  b      deposing.proved              deposing -> asking
   10.369  b      asking.known_solo            asking
   12.000  -      instance                     b can promote
   14.369  b      asking.unpromoted            asking -> standby-starting
   14.430  b      instance                     up, standby
   14.431  b      standby_starting.up          standby-starting -> standby
   14.431  b      standby.named                standby -> promoting
   14.431  b      promoting.cut                promoting
   14.433  b      promoting.promote            promoting
   14.511  b      instance                     promoted to timeline 2
   14.513  b      promoting.done               promoting -> proving
   14.513  b      proving.mark                 proving
   14.518  b      proving.open                 proving -> opening
   14.520  b      gate                         open
   14.520  b      opening.done                 opening -> primary
   14.520  a      seeking.ask                  seeking
   14.520  a      standby.take_chain           seeking
   14.525  a      seeking.start                seeking -> standby-starting
   14.595  a      instance                     up, standby
   14.595  a      standby_starting.up          standby-starting -> standby
   14.595  a      standby.open                 standby
   14.655  b      attach.tighten               primary
   14.855  b      attach.propose               primary
   14.858  b      attach.accept                primary
