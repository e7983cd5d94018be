# The primary's last change of the record was accepted by the standby, and nobody who is left knows whether it is chosen.
# An operator who stands in for both others goes past it (E5): he neither completes it nor proposes under it.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 kill host w
at 2.0 enable a
at 2.0065 kill host a
at 9.0 force b without a w
at 14.0 boot w
at 14.5 start w
at 18.0 boot a
at 18.5 start a
lasts 40
must forcing.accept on b
must primary b at 12
must switchable at 39
never lost
never two acknowledging
expect
    1.000  -      kill                         host w
    2.000  -      enable                       a
    2.000  a      setting.change               primary
    2.003  a      round.accept                 primary
    2.006  -      kill                         host a
    2.006  a      instance                     down
    9.000  -      force                        b without a w
    9.000  b      force.begin                  standby -> forcing
    9.000  b      forcing.cut                  forcing
    9.000  b      reply                        ... 0: server "b" has WAL up to 0/300AF78; whether anything was acknowledged after that, nobody who is heard can tell
    9.002  b      forcing.propose              forcing
    9.003  b      forcing.accept               forcing
    9.005  b      forcing.named                forcing -> promoting
    9.005  b      promoting.promote            promoting
    9.063  b      instance                     promoted to timeline 2
    9.065  b      promoting.done               promoting -> proving
    9.065  b      proving.names                proving
    9.068  b      proving.mark                 proving
    9.073  b      proving.open                 proving -> opening
    9.075  b      opening.done                 opening -> primary
    9.205  b      reply                        0: server "b" is the primary by force since epoch 5, with WAL up to 0/300AF78
   14.000  -      boot                         w
   14.500  -      start                        w
   18.000  -      boot                         a
   18.500  -      start                        a
   18.500  a      recalling.done               recalling -> asking
   18.505  a      asking.round                 asking
   18.666  a      asking.seek                  asking -> seeking
   18.666  a      seeking.ask                  seeking
   18.668  a      standby.take_chain           seeking
   18.673  a      seeking.start                seeking -> standby-starting
   18.766  a      instance                     up, standby
   18.767  a      standby_starting.up          standby-starting -> standby
   18.767  a      standby.open                 standby
   18.905  b      attach.tighten               primary
   19.005  b      attach.propose               primary
   19.008  b      attach.accept                primary
