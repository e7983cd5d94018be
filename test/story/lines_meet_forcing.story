# An operator has forced the standby while primary and arbiter went on without it, and the network comes back before it has
# opened. His word was about what it showed him, and of the other line that was nothing: it ends, and says so. It does not
# promote and stop the server as often as it may be started. Given again, it shows what is lost of the other line, and keeps
# this one (E5).
servers a b
arbiters w
primary a
automatic on
rejoin rewind
begins switchable
at 0.1 load on
at 2.0 cut b
at 8.0 force b without a w
at 8.04 heal
at 14.0 force b
lasts 30
must split.stops on a by 9
must split.stops on b by 9
must nobody at 13
must primary b at 16
must switchable at 29
expect
    0.100  -      load                         on
    2.000  -      cut                          b
    3.862  b      claim.silent                 standby -> claiming
    4.055  a      detach.lost                  primary
    4.058  a      round.accept                 primary
    4.062  a      names.follow_record          primary
    4.862  b      claiming.failed              claiming -> standby
    8.000  -      force                        b without a w
    8.000  b      force.begin                  standby -> forcing
    8.000  b      forcing.cut                  forcing
    8.000  b      reply                        ... 0: server "b" has WAL up to 0/300B108; whether anything was acknowledged after that, nobody who is heard can tell
    8.002  b      forcing.propose              forcing
    8.003  b      forcing.accept               forcing
    8.005  b      forcing.named                forcing -> promoting
    8.005  b      promoting.promote            promoting
    8.006  -      parted                       epoch 3 of b, and of a
    8.040  -      heal                         
    8.051  a      split.stops                  primary -> deposing
    8.052  a      instance                     down
    8.052  b      reply                        1: refused "switch --force": another line of the record was met meanwhile: given again, it says what is lost of that
    8.055  a      deposing.proved              deposing -> asking
    8.081  a      split.waits                  asking -> idle
    8.082  b      instance                     promoted to timeline 2
    8.082  b      promoting.done               promoting -> proving
    8.082  b      split.stops                  proving -> deposing
    8.083  b      instance                     down
    8.112  b      deposing.proved              deposing -> asking
    8.112  b      split.waits                  asking -> idle
   14.000  -      force                        b
   14.000  b      force.begin                  idle -> forcing
   14.000  b      forcing.start                forcing
   14.000  b      reply                        ... 0: the line of server "a", epoch 3, with WAL up to 0/3025468, is what is given up
   14.089  b      instance                     up, standby
   14.090  b      forcing.cut                  forcing
   14.092  b      forcing.propose              forcing
   14.095  b      forcing.accept               forcing
   14.099  b      forcing.named                forcing -> promoting
   14.099  b      promoting.promote            promoting
   14.099  a      idle.wanted                  idle -> asking
   14.099  a      asking.round                 asking
   14.106  a      asking.seek                  asking -> seeking
   14.170  b      instance                     promoted to timeline 3
   14.170  b      promoting.done               promoting -> proving
   14.170  b      proving.mark                 proving
   14.175  b      proving.open                 proving -> opening
   14.177  b      gate                         open
   14.177  b      opening.done                 opening -> primary
   14.178  a      seeking.ask                  seeking
   14.178  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/300B130
   14.178  a      seeking.rejoin               seeking -> rejoining
   16.055  a      rejoining.done               rejoining -> asking
   16.055  a      asking.round                 asking
   16.061  a      asking.name_copy             asking
   16.066  a      asking.seek                  asking -> seeking
   16.066  a      seeking.ask                  seeking
   16.067  a      seeking.start                seeking -> standby-starting
   16.139  a      instance                     up, standby
   16.141  a      standby_starting.up          standby-starting -> standby
   16.141  a      standby.open                 standby
   16.255  b      attach.tighten               primary
   16.455  b      attach.propose               primary
   16.458  b      attach.accept                primary
