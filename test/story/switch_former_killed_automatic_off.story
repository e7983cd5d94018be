# With automatic off, the agent of the primary before is killed when it has consented and heard of its successor, and cut off for a while. What its operator wanted
# of it the new one does not know: the record says that it handed over, and it is attached as after any switch. The other standby, which
# streams all the while, is nobody's word, and keeps nobody from being attached.
servers a b c
arbiters w
primary c
automatic off
eligible 2
begins switchable
at 6.000 switch b b
at 6.465 kill agent c
at 6.466 cut c
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
    6.448  b      claim.consent                standby -> claiming
    6.448  b      claiming.cut_early           claiming
    6.450  a      position.asked               standby
    6.452  b      claiming.accept              claiming
    6.454  a      position.answer              standby
    6.457  b      standby.named                claiming -> promoting
    6.457  b      promoting.promote            promoting
    6.457  c      consenting.succeeded         consenting -> asking
    6.457  c      asking.round                 asking
    6.464  c      asking.seek                  asking -> seeking
    6.465  -      kill                         agent c
    6.466  -      cut                          c
    6.535  b      instance                     promoted to timeline 2
    6.536  b      promoting.done               promoting -> proving
    6.536  b      proving.mark                 proving
    6.536  a      standby.ask                  standby
    6.541  b      proving.open                 proving -> opening
    6.543  b      opening.done                 opening -> primary
    6.585  c      monitor                      makes a new agent
    6.585  c      recalling.done               recalling -> asking
    7.036  a      standby.take_chain           standby
    7.041  a      standby.follow               standby
    7.536  a      standby.ask                  standby
   12.000  -      mend                         c
   12.093  c      asking.round                 asking
   12.100  c      asking.seek                  asking -> seeking
   12.100  c      seeking.ask                  seeking
   12.100  c      standby.take_chain           seeking
   12.105  c      seeking.start                seeking -> standby-starting
   12.181  c      instance                     up, standby
   12.181  c      standby_starting.up          standby-starting -> standby
   12.181  c      standby.open                 standby
   12.390  b      attach.tighten               primary
   12.600  c      standby.ask                  standby
   12.605  b      attach.propose               primary
   12.607  b      attach.accept                primary
   12.613  b      reply                        0: switched: server "b" is the primary since epoch 5, server "c" its standby
