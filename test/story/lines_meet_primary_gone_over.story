# An operator forces a standby that is cut off, while three of five voters are told by another operator to switch automatic on:
# the primary is dead, and does not know. When it is back it hears of the forced line first, and goes over to it. The three
# hold to theirs, and could take over from it; so the two lines have met though that primary has left, and the forced one
# stops, too. It had served on, alone for ever, for no majority was left to attach a standby. Chosen by name it goes on with
# all of them (E5).
servers a b c d e
primary a
automatic off
rejoin rewind
begins switchable
eligible 3
at 0.1 load on
at 1.0 cut c
at 5.95 kill instance a
at 6.0 force c without all
at 6.4 kill host a
at 6.45 start d -f
at 6.9 cut a
at 6.9 boot a
at 6.9 start a
at 7.0 heal a c
at 7.6 heal
at 14.0 force c
at 16.0 start a -f
lasts 30
must setting.change on d
must split.stops on c by 10
must nobody at 13
must primary c at 16
must switchable at 29
expect
    0.100  -      load                         on
    0.124  e      standby.ask                  standby
    1.000  -      cut                          c
    3.005  a      detach.report                primary
    5.950  -      kill                         instance a
    5.950  a      primary.gone                 primary -> failing
    5.952  a      instance                     down
    5.980  a      failing.unattended           failing -> staying-down
    6.000  -      force                        c without all
    6.000  c      force.begin                  standby -> forcing
    6.000  c      forcing.cut                  forcing
    6.000  c      reply                        ... 0: server "c" has WAL up to 0/3005758; whether anything was acknowledged after that, nobody who is heard can tell
    6.002  c      forcing.propose              forcing
    6.003  c      forcing.accept               forcing
    6.004  c      forcing.named                forcing -> promoting
    6.004  c      promoting.promote            promoting
    6.057  c      instance                     promoted to timeline 2
    6.057  c      promoting.done               promoting -> proving
    6.057  c      proving.names                proving
    6.060  c      proving.mark                 proving
    6.065  c      proving.open                 proving -> opening
    6.067  c      opening.done                 opening -> primary
    6.205  c      reply                        0: server "c" is the primary by force since epoch 6, with WAL up to 0/3005758
    6.400  -      kill                         host a
    6.450  -      start                        d -f
    6.450  d      setting.change               standby
    6.451  d      reply                        0: the agent of server "d" has taken the command
    6.454  d      round.accept                 standby
    6.458  -      parted                       epoch 6 of a, and of c
    6.900  -      cut                          a
    6.900  -      boot                         a
    6.900  -      start                        a
    6.900  a      recalling.done               recalling -> asking
    7.000  -      heal                         a c
    7.600  -      heal                         
    7.612  a      asking.round                 asking
    7.612  a      split.waits                  asking -> idle
    7.700  c      setting.change               primary
    7.701  c      split.stops                  primary -> deposing
    7.702  c      instance                     down
    7.731  c      deposing.proved              deposing -> asking
    7.731  c      split.waits                  asking -> idle
   14.000  -      force                        c
   14.000  c      force.begin                  idle -> forcing
   14.000  c      forcing.start                forcing
   14.000  c      reply                        ... 0: the line of server "a", epoch 6, is what is given up; how far it has come is not known, the server is silent
   14.108  c      instance                     up, standby
   14.110  c      forcing.cut                  forcing
   14.112  c      forcing.propose              forcing
   14.115  c      forcing.accept               forcing
   14.119  c      forcing.named                forcing -> promoting
   14.119  c      promoting.promote            promoting
   14.119  a      idle.wanted                  idle -> asking
   14.119  a      asking.round                 asking
   14.126  a      asking.seek                  asking -> seeking
   14.182  c      instance                     promoted to timeline 3
   14.182  c      promoting.done               promoting -> proving
   14.182  c      proving.mark                 proving
   14.187  c      proving.open                 proving -> opening
   14.189  c      gate                         open
   14.189  c      opening.done                 opening -> primary
   14.190  a      seeking.ask                  seeking
   14.190  d      standby.ask                  standby
   14.190  b      standby.ask                  standby
   14.190  c      reply                        0: server "c" is the primary by force since epoch 7, with WAL up to 0/30103D8
   14.190  b      standby.refused_rejoin       standby -> deposing
   14.190  a      seeking.rejoin               seeking -> rejoining
   14.190  d      standby.refused_rejoin       standby -> deposing
   14.190  e      standby.refused_rejoin       standby -> deposing
   14.191  e      instance                     down
   14.192  b      instance                     down
   14.194  d      instance                     down
   14.205  b      deposing.proved              deposing -> asking
   14.205  b      asking.round                 asking
   14.205  d      deposing.proved              deposing -> asking
   14.205  d      asking.round                 asking
   14.205  e      deposing.proved              deposing -> asking
   14.205  e      asking.round                 asking
   14.227  e      asking.seek                  asking -> seeking
   14.342  d      asking.seek                  asking -> seeking
   14.422  b      asking.seek                  asking -> seeking
   14.690  e      seeking.ask                  seeking
   14.690  d      seeking.ask                  seeking
   14.690  b      seeking.ask                  seeking
   14.690  b      seeking.rejoin               seeking -> rejoining
   14.690  d      seeking.rejoin               seeking -> rejoining
   14.690  e      seeking.rejoin               seeking -> rejoining
   15.205  e      rejoining.done               rejoining -> asking
   15.205  e      asking.round                 asking
   15.212  e      asking.name_copy             asking
   15.217  e      asking.seek                  asking -> seeking
   15.217  e      seeking.ask                  seeking
   15.217  e      seeking.start                seeking -> standby-starting
   15.313  e      instance                     up, standby
   15.313  e      standby_starting.up          standby-starting -> standby
   15.313  e      standby.open                 standby
   15.717  e      standby.ask                  standby
   16.000  -      start                        a -f
   16.000  c      setting.change               primary
   16.001  a      reply                        0: the agent of server "a" has taken the command
   16.004  c      round.accept                 primary
   16.007  c      attach.tighten               primary
   16.205  b      rejoining.done               rejoining -> asking
   16.205  b      asking.round                 asking
   16.205  c      attach.propose               primary
   16.209  c      attach.accept                primary
   16.405  d      rejoining.done               rejoining -> asking
   16.405  d      asking.round                 asking
   16.412  d      asking.name_copy             asking
   16.417  d      asking.seek                  asking -> seeking
   16.417  d      seeking.ask                  seeking
   16.418  d      seeking.start                seeking -> standby-starting
   16.488  d      instance                     up, standby
   16.490  d      standby_starting.up          standby-starting -> standby
   16.490  d      standby.open                 standby
   16.505  a      rejoining.done               rejoining -> asking
   16.505  a      asking.round                 asking
   16.512  a      asking.name_copy             asking
   16.517  a      asking.seek                  asking -> seeking
   16.517  a      seeking.ask                  seeking
   16.605  c      attach.tighten               primary
   16.605  a      seeking.start                seeking -> standby-starting
   16.632  b      asking.name_copy             asking
   16.637  b      asking.seek                  asking -> seeking
   16.637  b      seeking.ask                  seeking
   16.637  b      seeking.start                seeking -> standby-starting
   16.687  a      instance                     up, standby
   16.689  a      standby_starting.up          standby-starting -> standby
   16.689  a      standby.open                 standby
   16.704  b      instance                     up, standby
   16.705  b      standby_starting.up          standby-starting -> standby
   16.705  b      standby.open                 standby
   16.805  c      attach.propose               primary
   16.808  c      attach.accept                primary
   16.811  c      attach.tighten               primary
   17.005  c      attach.propose               primary
   17.008  c      attach.accept                primary
   17.137  b      standby.ask                  standby
