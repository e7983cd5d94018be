# The primary is gone for good, and the arbiter has lost its memory: it is heard, and gets its memory from all the others or not at
# all (E3). With its vote nobody can be made primary, and without force nobody is. The operator stands in for both by name; who was
# removed by that word is added again when it has its memory, which the line that is left hands over.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 2.0 kill agent w
at 2.0 lose memory of w
at 2.05 kill host a
at 2.5 start w
at 9.0 force b
at 10.0 force b for good without a w
at 17.0 members at b with w
at 20.0 boot a
at 20.5 start a -f
at 21.5 members at b with a
lasts 45
must nobody at 9.9
must primary b at 13
must switchable at 44
never lost
never two acknowledging
expect
    0.200  -      load                         on
    2.000  -      kill                         agent w
    2.000  -      lose                         memory of w
    2.050  -      kill                         host a
    2.050  a      instance                     down
    2.120  w      monitor                      makes a new agent
    2.500  -      start                        w
    3.952  b      claim.silent                 standby -> claiming
    3.954  b      claiming.failed              claiming -> standby
    4.452  b      claim.silent                 standby -> claiming
    4.453  b      claiming.failed              claiming -> standby
    4.952  b      claim.silent                 standby -> claiming
    4.954  b      claiming.failed              claiming -> standby
    5.452  b      claim.silent                 standby -> claiming
    5.454  b      claiming.failed              claiming -> standby
    5.952  b      claim.silent                 standby -> claiming
    5.954  b      claiming.failed              claiming -> standby
    6.452  b      claim.silent                 standby -> claiming
    6.453  b      claiming.failed              claiming -> standby
    6.952  b      claim.silent                 standby -> claiming
    6.953  b      claiming.failed              claiming -> standby
    7.452  b      claim.silent                 standby -> claiming
    7.454  b      claiming.failed              claiming -> standby
    7.952  b      claim.silent                 standby -> claiming
    7.953  b      claiming.failed              claiming -> standby
    8.452  b      claim.silent                 standby -> claiming
    8.453  b      claiming.failed              claiming -> standby
    8.952  b      claim.silent                 standby -> claiming
    8.953  b      claiming.failed              claiming -> standby
    9.000  -      force                        b
    9.000  b      reply                        ... 0: server "b" has WAL up to 0/300B608; whether anything was acknowledged after that, nobody who is heard can tell
    9.000  b      reply                        3: refused: the loss is accepted by mc_ctl switch --force --without a --without w
    9.452  b      claim.silent                 standby -> claiming
    9.453  b      claiming.failed              claiming -> standby
    9.952  b      claim.silent                 standby -> claiming
    9.953  b      claiming.failed              claiming -> standby
   10.000  -      force                        b for good without a w
   10.000  b      force.begin                  standby -> forcing
   10.000  b      forcing.cut                  forcing
   10.000  b      reply                        ... 0: server "b" has WAL up to 0/300B608; whether anything was acknowledged after that, nobody who is heard can tell
   10.021  b      forcing.propose              forcing
   10.022  b      forcing.accept               forcing
   10.024  b      forcing.named                forcing -> promoting
   10.024  b      promoting.promote            promoting
   10.094  b      instance                     promoted to timeline 2
   10.096  b      promoting.done               promoting -> proving
   10.096  b      proving.names                proving
   10.099  b      proving.mark                 proving
   10.104  b      proving.open                 proving -> opening
   10.106  b      opening.done                 opening -> primary
   10.107  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/300B608
   17.000  -      members                      at b with w
   17.000  b      members.change               primary
   17.001  b      round.accept                 primary
   17.007  b      reply                        0: the voters are b, w, epoch 4
   20.000  -      boot                         a
   20.500  -      start                        a -f
   20.500  a      recalling.done               recalling -> asking
   20.522  a      asking.round                 asking
   20.522  a      outside.stays_down           asking -> staying-down
   21.500  -      members                      at b with a
   21.500  b      members.change               primary
   21.503  b      round.accept                 primary
   21.508  a      asking.round                 asking
   21.509  b      reply                        0: the voters are a, b, w, epoch 5
   21.515  a      asking.seek                  asking -> seeking
   21.515  a      seeking.ask                  seeking
   21.516  a      standby.take_chain           seeking
   21.521  a      seeking.start                seeking -> standby-starting
   21.589  a      instance                     up, standby
   21.589  a      standby_starting.up          standby-starting -> standby
   21.589  a      standby.open                 standby
   21.705  b      attach.tighten               primary
   21.855  b      attach.propose               primary
   21.859  b      attach.accept                primary
