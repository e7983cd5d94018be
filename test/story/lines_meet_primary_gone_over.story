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
    7.701  c      split.stops                  primary -> deposing
    7.703  c      instance                     down
    7.731  c      deposing.proved              deposing -> asking
    7.731  c      split.waits                  asking -> idle
   14.000  -      force                        c
   14.000  c      force.begin                  idle -> forcing
   14.000  c      forcing.start                forcing
   14.000  c      reply                        ... 0: the line of server "a", epoch 6, is what is given up; how far it has come is not known, the server is silent
   14.095  c      instance                     up, standby
   14.096  c      forcing.cut                  forcing
   14.098  c      forcing.propose              forcing
   14.101  c      forcing.accept               forcing
   14.105  c      forcing.named                forcing -> promoting
   14.105  c      promoting.promote            promoting
   14.105  a      idle.wanted                  idle -> asking
   14.105  a      asking.round                 asking
   14.111  a      asking.seek                  asking -> seeking
   14.177  c      instance                     promoted to timeline 3
   14.178  c      promoting.done               promoting -> proving
   14.178  c      proving.mark                 proving
   14.183  c      proving.open                 proving -> opening
   14.185  c      gate                         open
   14.185  c      opening.done                 opening -> primary
   14.185  d      standby.ask                  standby
   14.185  b      standby.ask                  standby
   14.185  a      seeking.ask                  seeking
   14.186  c      reply                        0: server "c" is the primary by force since epoch 7, with WAL up to 0/30103D8
   14.186  d      standby.refused_rejoin       standby -> deposing
   14.186  a      seeking.rejoin               seeking -> rejoining
   14.186  b      standby.refused_rejoin       standby -> deposing
   14.186  e      standby.refused_rejoin       standby -> deposing
   14.187  d      instance                     down
   14.187  e      instance                     down
   14.187  b      instance                     down
   14.205  b      deposing.proved              deposing -> asking
   14.205  b      asking.round                 asking
   14.205  d      deposing.proved              deposing -> asking
   14.205  d      asking.round                 asking
   14.205  e      deposing.proved              deposing -> asking
   14.205  e      asking.round                 asking
   14.222  e      asking.seek                  asking -> seeking
   14.341  d      asking.seek                  asking -> seeking
   14.423  b      asking.seek                  asking -> seeking
   14.685  b      seeking.ask                  seeking
   14.685  e      seeking.ask                  seeking
   14.685  d      seeking.ask                  seeking
   14.685  d      seeking.rejoin               seeking -> rejoining
   14.685  b      seeking.rejoin               seeking -> rejoining
   14.685  e      seeking.rejoin               seeking -> rejoining
   15.405  d      rejoining.done               rejoining -> asking
   15.405  d      asking.round                 asking
   15.411  d      asking.name_copy             asking
   15.416  d      asking.seek                  asking -> seeking
   15.416  d      seeking.ask                  seeking
   15.416  d      seeking.start                seeking -> standby-starting
   15.488  d      instance                     up, standby
   15.488  d      standby_starting.up          standby-starting -> standby
   15.488  d      standby.open                 standby
   15.805  b      rejoining.done               rejoining -> asking
   15.805  b      asking.round                 asking
   15.811  b      asking.name_copy             asking
   15.816  b      asking.seek                  asking -> seeking
   15.816  b      seeking.ask                  seeking
   15.817  b      seeking.start                seeking -> standby-starting
   15.907  b      instance                     up, standby
   15.909  b      standby_starting.up          standby-starting -> standby
   15.909  b      standby.open                 standby
   15.916  d      standby.ask                  standby
   16.000  -      start                        a -f
   16.000  c      setting.change               primary
   16.001  a      reply                        0: the agent of server "a" has taken the command
   16.003  c      round.accept                 primary
   16.007  c      attach.tighten               primary
   16.105  a      rejoining.done               rejoining -> asking
   16.105  a      asking.round                 asking
   16.112  a      asking.name_copy             asking
   16.117  a      asking.seek                  asking -> seeking
   16.117  a      seeking.ask                  seeking
   16.205  c      attach.propose               primary
   16.205  e      rejoining.done               rejoining -> asking
   16.205  e      asking.round                 asking
   16.205  a      seeking.start                seeking -> standby-starting
   16.211  e      asking.name_copy             asking
   16.216  e      asking.seek                  asking -> seeking
   16.216  e      seeking.ask                  seeking
   16.217  e      seeking.start                seeking -> standby-starting
   16.224  c      attach.accept                primary
   16.228  c      attach.tighten               primary
   16.296  a      instance                     up, standby
   16.297  a      standby_starting.up          standby-starting -> standby
   16.297  a      standby.open                 standby
   16.305  e      instance                     up, standby
   16.307  e      standby_starting.up          standby-starting -> standby
   16.307  e      standby.open                 standby
   16.405  c      attach.propose               primary
   16.408  c      attach.accept                primary
   16.412  c      attach.tighten               primary
   16.605  c      attach.propose               primary
   16.608  c      attach.accept                primary
   16.716  e      standby.ask                  standby
