# Primary and arbiter are lost. The standby was eligible when it heard of them last, but they may have detached it since:
# no majority is left to say so. An operator names them and stands in for them (E5). The arbiter follows when it is back,
# and so does the former primary, which has nothing of its own.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.9 load off
at 2.0 kill host w
at 2.1 kill host a
at 6.0 force b
at 8.0 force b without a w
at 12.0 kill agent b
at 16.0 boot w
at 16.5 start w
at 20.0 boot a
at 20.5 start a -f
lasts 35
must nobody at 7.9
must primary b at 11
must primary b at 15
must switchable at 34
never lost
never two acknowledging
expect
    0.200  -      load                         on
    1.900  -      load                         off
    2.000  -      kill                         host w
    2.100  -      kill                         host a
    2.100  a      instance                     down
    6.000  -      force                        b
    6.000  b      reply                        ... 0: server "b" has WAL up to 0/300A8E8; whether anything was acknowledged after that, nobody who is heard can tell
    6.000  b      reply                        3: refused: the loss is accepted by mc_ctl switch --force --without a --without w
    8.000  -      force                        b without a w
    8.000  b      force.begin                  standby -> forcing
    8.000  b      forcing.cut                  forcing
    8.000  b      reply                        ... 0: server "b" has WAL up to 0/300A8E8; whether anything was acknowledged after that, nobody who is heard can tell
    8.002  b      forcing.propose              forcing
    8.003  b      forcing.accept               forcing
    8.004  b      forcing.named                forcing -> promoting
    8.004  b      promoting.promote            promoting
    8.078  b      instance                     promoted to timeline 2
    8.080  b      promoting.done               promoting -> proving
    8.080  b      proving.names                proving
    8.083  b      proving.mark                 proving
    8.088  b      proving.open                 proving -> opening
    8.090  b      opening.done                 opening -> primary
    8.255  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/300A8E8
   12.000  -      kill                         agent b
   12.120  b      monitor                      makes a new agent
   12.120  b      recalling.done               recalling -> asking
   12.125  b      asking.known_solo            asking
   12.125  b      asking.primary_runs          asking -> proving
   12.125  b      proving.names                proving
   12.128  b      proving.open                 proving -> opening
   12.130  b      opening.done                 opening -> primary
   16.000  -      boot                         w
   16.500  -      start                        w
   20.000  -      boot                         a
   20.500  -      start                        a -f
   20.500  a      recalling.done               recalling -> asking
   20.512  a      asking.round                 asking
   20.665  a      asking.seek                  asking -> seeking
   20.665  a      seeking.ask                  seeking
   20.667  a      standby.take_chain           seeking
   20.672  a      seeking.start                seeking -> standby-starting
   20.779  a      instance                     up, standby
   20.780  a      standby_starting.up          standby-starting -> standby
   20.780  a      standby.open                 standby
   20.925  b      attach.tighten               primary
   21.125  b      attach.propose               primary
   21.128  b      attach.accept                primary
