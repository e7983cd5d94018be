# A standby that was detached streams on; then the primary's host loses the end of its WAL. What the standby has beyond
# is its own: it is stopped, and made over.
servers a b
arbiters w
primary a
automatic on
rejoin rewind
begins switchable
at 1.0 cut agents a b
at 1.0 cut b w
at 5.0 load off
at 6.0 kill instance a
at 7.0 kill instance a
at 8.0 kill host a
at 8.1 lose wal of a 2
at 8.2 boot a
at 8.3 heal
at 8.3 start a -f
lasts 25
must standby.refused_rejoin on b
must rejoining.done on b
must switchable at 25
expect
    1.000  -      cut                          agents a b
    1.000  -      cut                          b w
    2.862  b      claim.silent                 standby -> claiming
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    3.862  b      claiming.failed              claiming -> standby
    5.000  -      load                         off
    6.000  -      kill                         instance a
    6.000  a      primary.gone                 primary -> failing
    6.001  a      instance                     down
    6.030  a      failing.restart              failing -> asking
    6.030  a      asking.known_solo            asking
    6.030  a      asking.start_primary         asking -> starting
    6.116  a      instance                     up, primary, closed
    6.118  a      starting.up                  starting -> proving
    6.118  a      proving.open                 proving -> opening
    6.120  a      gate                         open
    6.120  a      opening.done                 opening -> primary
    7.000  -      kill                         instance a
    7.000  a      primary.gone                 primary -> failing
    7.001  a      instance                     down
    7.030  a      failing.restart              failing -> asking
    7.030  a      asking.known_solo            asking
    7.030  a      asking.start_primary         asking -> starting
    7.129  a      instance                     up, primary, closed
    7.130  a      starting.up                  starting -> proving
    7.130  a      proving.open                 proving -> opening
    7.132  a      gate                         open
    7.132  a      opening.done                 opening -> primary
    8.000  -      kill                         host a
    8.000  a      instance                     down
    8.100  -      lose                         wal of a 2
    8.200  -      boot                         a
    8.300  -      heal                         
    8.300  -      start                        a -f
    8.300  a      recalling.done               recalling -> asking
    8.317  a      asking.round                 asking
    8.325  a      asking.start_primary         asking -> starting
    8.406  a      instance                     up, primary, closed
    8.408  a      starting.up                  starting -> proving
    8.408  a      proving.open                 proving -> opening
    8.410  a      gate                         open
    8.410  a      opening.done                 opening -> primary
    8.410  b      standby.ask                  standby
    8.411  b      standby.refused_rejoin       standby -> deposing
    8.414  b      instance                     down
    8.441  b      deposing.proved              deposing -> asking
    8.441  b      asking.round                 asking
    8.447  b      asking.seek                  asking -> seeking
    8.910  b      seeking.ask                  seeking
    9.105  b      seeking.rejoin               seeking -> rejoining
   11.255  b      rejoining.done               rejoining -> asking
   11.255  b      asking.round                 asking
   11.262  b      asking.name_copy             asking
   11.267  b      asking.seek                  asking -> seeking
   11.267  b      seeking.ask                  seeking
   11.267  b      seeking.start                seeking -> standby-starting
   11.353  b      instance                     up, standby
   11.353  b      standby_starting.up          standby-starting -> standby
   11.353  b      standby.open                 standby
   11.505  a      attach.tighten               primary
   11.705  a      attach.propose               primary
   11.708  a      attach.accept                primary
