# Two standbys are forced within two milliseconds, and the voters that they ask are the same. The first becomes primary; the round of the
# second has cost it its confirmation, and it asks once more before it opens (P1).
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
seed 1477
think 0.04 0.12
at 4.580569 cut b
at 4.580569 cut c
at 7.580569 cut a
at 7.680569 heal b x
at 7.680569 heal c w
at 7.680569 heal b c
at 10.680569 force b
at 10.682266 force c
lasts 20
must proving.confirm on b
must opening.done on b by 12
never lost
never two acknowledging
expect
    4.580  -      cut                          b
    4.580  -      cut                          c
    6.655  a      detach.lost                  primary
    6.659  a      round.accept                 primary
    6.662  a      detach.lost                  primary
    6.662  a      names.follow_record          primary
    6.666  a      round.accept                 primary
    6.685  a      names.follow_record          primary
    7.580  -      cut                          a
    7.680  -      heal                         b x
    7.680  -      heal                         c w
    7.680  -      heal                         b c
    7.750  b      claim.silent                 standby -> claiming
    7.750  c      claim.silent                 standby -> claiming
    7.752  c      claiming.failed              claiming -> standby
    7.752  b      claiming.failed              claiming -> standby
   10.550  c      standby.missed               standby
   10.550  b      standby.missed               standby
   10.680  -      force                        b
   10.680  b      force.begin                  standby -> forcing
   10.680  b      forcing.cut                  forcing
   10.680  b      reply                        ... 0: server "b" has WAL up to 0/3002300; whether anything was acknowledged after that, nobody who is heard can tell
   10.682  -      force                        c
   10.682  c      force.begin                  standby -> forcing
   10.682  c      forcing.cut                  forcing
   10.682  c      reply                        ... 0: server "c" has WAL up to 0/3002300; whether anything was acknowledged after that, nobody who is heard can tell
   10.682  b      forcing.propose              forcing
   10.684  c      forcing.propose              forcing
   10.686  b      forcing.accept               forcing
   10.694  c      forcing.left                 forcing -> asking
   10.694  c      asking.round                 asking
   10.694  b      forcing.named                forcing -> promoting
   10.694  b      promoting.promote            promoting
   10.695  c      reply                        1: refused "switch --force": the primary of the record answers: mc_ctl switch, or mc_ctl stop there first
   10.704  c      asking.standby_runs          asking -> standby
   10.765  b      instance                     promoted to timeline 2
   10.765  b      promoting.done               promoting -> proving
   10.765  b      proving.names                proving
   10.766  c      standby.ask                  standby
   10.768  b      proving.mark                 proving
   11.086  b      proving.confirm              proving
   11.093  b      proving.open                 proving -> opening
   11.095  b      opening.done                 opening -> primary
   11.096  b      reply                        0: server "b" is the primary by force since epoch 6, with WAL up to 0/3002300
   11.266  c      standby.take_chain           standby
   11.271  c      standby.follow               standby
   11.455  b      attach.tighten               primary
   11.655  b      attach.propose               primary
   11.658  b      attach.accept                primary
