# A successor cannot be promoted, and dies of it; while its agent is down somebody takes away its standby.signal and starts it, so it goes on with the timeline of the primary before. It opens
# under a record that says so. Its chain says where the WAL of the former primary ends in it (D1): what that one has beyond is its own, though its timeline has the same number, and it is made over.
servers a b
arbiters w
primary a
automatic on
rejoin copy
begins switchable
at 0.2 load on
at 1.0 instance b cannot promote
at 1.99 cut wal a b
at 2.0 cut agents a b
at 2.01 kill host a
at 4.05 kill agent b for good
at 4.6 kill instance b
at 5.0 instance b runs
at 6.0 heal
at 6.5 start b
at 12.0 boot a
at 12.5 start a
lasts 40
must primary b at 11
must seeking.rejoin on a
must switchable at 39
never lost
never two acknowledging
expect
    0.200  -      load                         on
    1.000  -      instance                     b cannot promote
    1.990  -      cut                          wal a b
    2.000  -      cut                          agents a b
    2.010  -      kill                         host a
    2.010  a      instance                     down
    3.862  b      claim.silent                 standby -> claiming
    3.865  b      claiming.cut                 claiming
    3.871  b      claiming.accept              claiming
    3.875  b      standby.named                claiming -> promoting
    3.875  b      promoting.promote            promoting
    3.889  b      standby.gone                 promoting -> deposing
    3.893  b      instance                     down
    3.919  b      deposing.proved              deposing -> asking
    3.919  b      asking.known_solo            asking
    3.919  b      asking.unpromoted            asking -> standby-starting
    4.002  b      instance                     up, standby
    4.003  b      standby_starting.up          standby-starting -> standby
    4.003  b      standby.named                standby -> promoting
    4.003  b      promoting.cut                promoting
    4.005  b      promoting.promote            promoting
    4.018  b      standby.gone                 promoting -> deposing
    4.020  b      instance                     down
    4.048  b      deposing.proved              deposing -> asking
    4.048  b      asking.known_solo            asking
    4.048  b      asking.unpromoted            asking -> standby-starting
    4.050  -      kill                         agent b for good
    4.151  b      instance                     up, standby
    4.600  -      kill                         instance b
    4.605  b      instance                     down
    5.000  -      instance                     b runs
    5.073  b      instance                     up, primary, closed
    6.000  -      heal                         
    6.500  -      start                        b
    6.500  b      recalling.done               recalling -> asking
    6.505  b      asking.known_solo            asking
    6.505  b      asking.primary_runs          asking -> proving
    6.505  b      proving.names                proving
    6.508  b      proving.mark_fork            proving
    6.513  b      proving.timeline             proving
    7.522  b      round.accept                 proving
    7.525  b      proving.mark                 proving
    7.532  b      proving.open                 proving -> opening
    7.534  b      gate                         open
    7.534  b      opening.done                 opening -> primary
   12.000  -      boot                         a
   12.500  -      start                        a
   12.500  a      recalling.done               recalling -> asking
   12.517  a      asking.round                 asking
   12.745  a      asking.seek                  asking -> seeking
   12.745  a      seeking.ask                  seeking
   12.905  a      seeking.rejoin               seeking -> rejoining
   13.705  a      rejoining.done               rejoining -> asking
   13.705  a      asking.round                 asking
   13.713  a      asking.name_copy             asking
   13.718  a      asking.seek                  asking -> seeking
   13.718  a      seeking.ask                  seeking
   13.718  a      seeking.start                seeking -> standby-starting
   13.809  a      instance                     up, standby
   13.810  a      standby_starting.up          standby-starting -> standby
   13.810  a      standby.open                 standby
   13.905  b      attach.tighten               primary
   14.105  b      attach.propose               primary
   14.108  b      attach.accept                primary
