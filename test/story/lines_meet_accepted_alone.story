# The last change of a primary that is being cut off has reached its own voter alone; an operator forces the other server, and the
# arbiter follows that one. Whether the change was chosen the voter cannot know, so it stays with it, as whoever has accepted something
# beyond the branch of such a line: it stays down, and the line that goes on without it has nothing to choose. Its operator removes its
# state file, and the others hand its memory back (E5, E3).
servers a b
arbiters w
primary a
automatic on
rejoin rewind
begins switchable
at 0.1 load on
at 2.0 cut b
at 4.059 cut a w
at 8.0 force b without a w
at 12.0 heal b w
at 14.0 heal
at 16.0 force a
at 20.0 kill agent a for good
at 20.1 lose memory of a
at 20.2 start a
at 22.0 rejoin a
lasts 40
must split.waits on a by 15
must primary b at 19
never rejoining.done on a by 20
must recalling.done on a after 20
must switchable at 39
expect
    0.100  -      load                         on
    2.000  -      cut                          b
    3.862  b      claim.silent                 standby -> claiming
    4.055  a      detach.lost                  primary
    4.058  a      round.accept                 primary
    4.059  -      cut                          a w
    4.862  b      claiming.failed              claiming -> standby
    5.070  a      pending.resolve              primary
    5.261  a      lease.out                    primary -> cutting
    5.264  a      instance                     down
    5.291  a      cutting.proved               cutting -> fenced
    5.291  a      cut.majority_back            fenced -> asking
    8.000  -      force                        b without a w
    8.000  b      force.begin                  standby -> forcing
    8.000  b      forcing.cut                  forcing
    8.000  b      reply                        ... 0: server "b" has WAL up to 0/300B108; whether anything was acknowledged after that, nobody who is heard can tell
    8.002  b      forcing.propose              forcing
    8.003  b      forcing.accept               forcing
    8.005  b      forcing.named                forcing -> promoting
    8.005  b      promoting.promote            promoting
    8.057  b      instance                     promoted to timeline 2
    8.058  b      promoting.done               promoting -> proving
    8.058  b      proving.names                proving
    8.061  b      proving.mark                 proving
    8.066  b      proving.open                 proving -> opening
    8.068  b      opening.done                 opening -> primary
    8.255  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/300B108
   12.000  -      heal                         b w
   14.000  -      heal                         
   14.050  a      asking.round                 asking
   14.051  a      split.waits                  asking -> idle
   16.000  -      force                        a
   16.000  a      reply                        3: refused "switch --force": another server serves
   20.000  -      kill                         agent a for good
   20.100  -      lose                         memory of a
   20.200  -      start                        a
   20.502  a      recalling.done               recalling -> asking
   20.502  a      asking.round                 asking
   20.509  a      asking.seek                  asking -> seeking
   20.509  a      seeking.ask                  seeking
   20.510  a      seeking.refused              seeking -> staying-down
   22.000  -      rejoin                       a
   22.000  a      asking.round                 asking
   22.000  a      reply                        ... 0: server "a" has WAL of its own from 0/300B108 to 0/300B1A8, which "b" does not have
   22.000  a      reply                        0: server "a" gives up what it has of its own, after that is saved, and becomes a standby of "b"
   22.007  a      asking.seek                  asking -> seeking
   22.007  a      seeking.ask                  seeking
   22.007  a      seeking.rejoin               seeking -> rejoining
   22.605  a      rejoining.done               rejoining -> asking
   22.605  a      asking.round                 asking
   22.612  a      asking.name_copy             asking
   22.617  a      asking.seek                  asking -> seeking
   22.617  a      seeking.ask                  seeking
   22.655  a      seeking.start                seeking -> standby-starting
   22.753  a      instance                     up, standby
   22.753  a      standby_starting.up          standby-starting -> standby
   22.753  a      standby.open                 standby
   22.855  b      attach.tighten               primary
   23.055  b      attach.propose               primary
   23.057  b      attach.accept                primary
