# The network comes back while the slow disk of a server that is being forced, alone and for good, writes down what it proposes: the word
# is given up, for another one serves, and its own voter has accepted the record all the same. That is of a line which the one that it
# follows by then excludes: its own answer is not counted, nobody is told of it, and it comes back (E5). It asked in vain for ever.
servers a b
arbiters w x
primary a
automatic on
begins switchable
rejoin rewind
at 0.1 load on
at 0.5 disk of a slow 0.4
at 1.2 cut a
at 5.2 force a for good without all
at 5.33 heal
at 9.0 disk of a works
lasts 30
never forcing.named on a
must primary b at 29
must switchable at 29
expect
    0.100  -      load                         on
    0.500  -      disk                         of a slow 0.4
    1.200  -      cut                          a
    2.461  a      lease.out                    primary -> cutting
    2.463  a      instance                     down
    2.491  a      cutting.proved               cutting -> fenced
    2.491  a      cut.majority_back            fenced -> asking
    2.491  a      asking.round                 asking
    3.062  b      claim.silent                 standby -> claiming
    3.065  b      claiming.cut                 claiming
    3.071  b      claiming.accept              claiming
    3.075  b      standby.named                claiming -> promoting
    3.075  b      promoting.promote            promoting
    3.145  b      instance                     promoted to timeline 2
    3.147  b      promoting.done               promoting -> proving
    3.147  b      proving.mark                 proving
    3.152  b      proving.open                 proving -> opening
    3.154  b      opening.done                 opening -> primary
    5.200  -      force                        a for good without all
    5.200  a      force.begin                  asking -> forcing
    5.200  a      forcing.start                forcing
    5.200  a      reply                        ... 0: server "a" has WAL up to 0/3006AB8; whether anything was acknowledged after that, nobody who is heard can tell
    5.276  a      instance                     up, standby
    5.278  a      forcing.cut                  forcing
    5.280  a      forcing.propose              forcing
    5.330  -      heal                         
    5.350  a      forcing.accept               forcing
    5.350  a      forcing.left_named           forcing -> deposing
    5.353  a      instance                     down
    5.380  a      deposing.proved              deposing -> asking
    5.827  a      reply                        1: refused "switch --force": another server serves
    6.003  a      asking.round                 asking
    6.579  a      asking.seek                  asking -> seeking
    6.579  a      seeking.ask                  seeking
    6.580  a      seeking.rejoin               seeking -> rejoining
    8.455  a      rejoining.done               rejoining -> asking
    8.455  a      asking.round                 asking
    9.000  -      disk                         of a works
    9.186  a      asking.name_copy             asking
    9.191  a      asking.seek                  asking -> seeking
    9.191  a      seeking.ask                  seeking
    9.192  a      seeking.start                seeking -> standby-starting
    9.261  a      instance                     up, standby
    9.262  a      standby_starting.up          standby-starting -> standby
    9.262  a      standby.open                 standby
    9.455  b      attach.tighten               primary
    9.655  b      attach.propose               primary
    9.658  b      attach.accept                primary
