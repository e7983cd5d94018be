# Three lines. A server sleeps over its own takeover; another one is forced alone, and a third one by a majority, whose line has the next number,
# and the news of that is lost. The one that slept meets the line of the second, and is chosen over it: its own line must not take the number that the
# majority has used, for that one's commits would count as its own past, and their WAL be made over. It goes on from what it finds chosen, and who had
# served stays down with its WAL until an operator decides (E5).
servers a b c d
arbiters w x y
primary a
automatic on
rejoin rewind
begins switchable
eligible 1
at 0.2 load on
at 0.5 load off
at 0.9 cut c
at 1.0 kill host a
at 2.0 trap d after persist 2 freeze host
at 6.0 cut d
at 6.1 load on
at 7.0 force c without a b d w x y
at 8.0 force b
at 8.0095 cut agents b -> w
at 8.0095 cut agents b -> x
at 8.0095 cut agents b -> y
at 10.0 cut b
at 13.0 thaw d
at 13.0 heal c d
at 15.0 heal d w
at 15.0 heal d x
at 15.0 heal d y
at 16.0 stop c
at 18.0 kill host b
at 19.0 force d
at 24.0 heal
at 24.0 boot b
at 25.0 start b
lasts 30
must seeking.refused on b after 25
never seeking.rejoin on b
never two acknowledging
expect
    0.184  b      standby.ask                  standby
    0.200  -      load                         on
    0.251  c      standby.ask                  standby
    0.500  -      load                         off
    0.900  -      cut                          c
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.000  -      trap                         d after persist 2 freeze host
    2.863  d      claim.silent                 standby -> claiming
    2.867  d      claiming.cut                 claiming
    2.873  d      claiming.accept              claiming
    6.000  -      cut                          d
    6.100  -      load                         on
    6.863  b      standby.missed               standby
    7.000  -      force                        c without a b d w x y
    7.000  c      force.begin                  standby -> forcing
    7.000  c      forcing.cut                  forcing
    7.000  c      reply                        ... 0: server "c" has WAL up to 0/3002C38; whether anything was acknowledged after that, nobody who is heard can tell
    7.002  c      forcing.propose              forcing
    7.003  c      forcing.accept               forcing
    7.004  c      forcing.named                forcing -> promoting
    7.004  c      promoting.promote            promoting
    7.063  c      instance                     promoted to timeline 2
    7.064  c      promoting.done               promoting -> proving
    7.064  c      proving.names                proving
    7.067  c      proving.mark                 proving
    7.072  c      proving.open                 proving -> opening
    7.074  c      opening.done                 opening -> primary
    7.255  c      reply                        0: server "c" is the primary by force since epoch 3, with WAL up to 0/3002C38
    8.000  -      force                        b
    8.000  b      force.begin                  standby -> forcing
    8.000  b      forcing.cut                  forcing
    8.000  b      reply                        ... 0: server "b" has WAL up to 0/3002C38; whether anything was acknowledged after that, nobody who is heard can tell
    8.002  b      forcing.propose              forcing
    8.006  b      forcing.accept               forcing
    8.009  -      cut                          agents b -> w
    8.009  -      cut                          agents b -> x
    8.009  -      cut                          agents b -> y
    8.009  -      parted                       epoch 3 of b, and of c
    8.010  b      forcing.named                forcing -> promoting
    8.010  b      promoting.promote            promoting
    8.080  b      instance                     promoted to timeline 2
    8.081  b      promoting.done               promoting -> proving
    8.081  b      proving.names                proving
    8.084  b      proving.mark                 proving
    8.089  b      proving.open                 proving -> opening
    8.091  b      opening.done                 opening -> primary
    8.255  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/3002C38
   10.000  -      cut                          b
   13.000  -      thaw                         d
   13.000  -      heal                         c d
   13.000  d      claiming.failed              claiming -> standby
   15.000  -      heal                         d w
   15.000  -      heal                         d x
   15.000  -      heal                         d y
   16.000  -      stop                         c
   16.000  c      stop.primary                 primary -> leaving
   16.040  c      instance                     down, clean
   16.040  c      leaving.done                 leaving -> gone
   16.040  c      reply                        0: agent of server "c" stopped
   16.040  c      agent                        exits
   18.000  -      kill                         host b
   18.000  b      instance                     down
   19.000  -      force                        d
   19.000  d      force.begin                  standby -> forcing
   19.000  d      forcing.cut                  forcing
   19.000  d      reply                        ... 0: the line of server "c", epoch 3, with WAL up to 0/303CED8, is what is given up
   19.000  d      reply                        ... 0: server "d" has WAL up to 0/3002C38; whether anything was acknowledged after that, nobody who is heard can tell
   19.002  d      forcing.propose              forcing
   19.058  d      forcing.accept               forcing
   19.062  d      forcing.named                forcing -> promoting
   19.062  d      promoting.promote            promoting
   19.131  d      instance                     promoted to timeline 2
   19.133  d      promoting.done               promoting -> proving
   19.133  d      proving.names                proving
   19.136  d      proving.mark                 proving
   19.141  d      proving.open                 proving -> opening
   19.143  d      opening.done                 opening -> primary
   19.143  d      reply                        0: server "d" is the primary by force since epoch 4, with WAL up to 0/3002C38
   24.000  -      heal                         
   24.000  -      boot                         b
   25.000  -      start                        b
   25.000  b      recalling.done               recalling -> asking
   25.028  b      asking.round                 asking
   25.266  b      asking.seek                  asking -> seeking
   25.266  b      seeking.ask                  seeking
   25.400  b      seeking.refused              seeking -> staying-down
