# The standby's host is lost and comes back.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill host b
at 6.0 boot b
at 6.5 start b
lasts 16
must detach.lost on a by 4
must outage below 3
must switchable at 16
never promoted b
expect
    1.000  -      kill                         host b
    1.000  b      instance                     down
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    6.000  -      boot                         b
    6.500  -      start                        b
    6.500  b      recalling.done               recalling -> asking
    6.517  b      asking.round                 asking
    6.525  b      asking.seek                  asking -> seeking
    6.537  b      seeking.ask                  seeking
    6.537  b      seeking.start                seeking -> standby-starting
    6.609  b      instance                     up, standby
    6.609  b      standby_starting.up          standby-starting -> standby
    6.609  b      standby.open                 standby
    6.705  a      attach.tighten               primary
    6.855  a      attach.propose               primary
    6.858  a      attach.accept                primary
