# With automatic off, the agent of the primary before is killed when it has consented, and cut off for a while. What its operator wanted
# of it the new one does not know: the record says that it handed over, and it is attached as after any switch. The other standby, which
# streams all the while, is nobody's word, and keeps nobody from being attached.
servers a b c
arbiters w
primary c
automatic off
eligible 2
begins switchable
at 6.000 switch b b
at 6.453 kill agent c
at 6.454 cut c
at 12.000 mend c
lasts 20
must primary b at 19
never attach.propose on b by 12
must attach.accept on b by 14
never lost
never two acknowledging
expect
    6.000  -      switch                       b b
    6.000  b      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    6.405  c      switch.stop                  primary -> leaving
    6.405  b      reply                        ... 0: switch to server "b": sessions end, the instance stops
    6.447  c      instance                     down, clean
    6.447  c      leaving.switch               leaving -> consenting
    6.447  b      claim.consent                standby -> claiming
    6.447  b      claiming.cut_early           claiming
    6.449  a      position.asked               standby
    6.451  b      claiming.accept              claiming
    6.452  a      position.answer              standby
    6.453  -      kill                         agent c
    6.454  -      cut                          c
    6.456  b      standby.named                claiming -> promoting
    6.456  b      promoting.promote            promoting
    6.511  b      instance                     promoted to timeline 2
    6.511  b      promoting.done               promoting -> proving
    6.511  b      proving.mark                 proving
    6.512  a      standby.ask                  standby
    6.516  b      proving.open                 proving -> opening
    6.518  b      opening.done                 opening -> primary
    6.573  c      monitor                      makes a new agent
    6.573  c      recalling.done               recalling -> asking
    7.012  a      standby.take_chain           standby
    7.017  a      standby.follow               standby
    7.512  a      standby.ask                  standby
   12.000  -      mend                         c
   12.093  c      asking.round                 asking
   12.100  c      asking.seek                  asking -> seeking
   12.100  c      seeking.ask                  seeking
   12.100  c      standby.take_chain           seeking
   12.105  c      seeking.start                seeking -> standby-starting
   12.174  c      instance                     up, standby
   12.175  c      standby_starting.up          standby-starting -> standby
   12.175  c      standby.open                 standby
   12.378  b      attach.tighten               primary
   12.405  b      attach.propose               primary
   12.409  b      attach.accept                primary
   12.415  b      reply                        0: switched: server "b" is the primary since epoch 5, server "c" its standby
