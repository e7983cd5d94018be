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
at 6.078 kill agent c
at 6.079 cut c
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
    6.030  c      switch.stop                  primary -> leaving
    6.031  b      reply                        ... 0: switch to server "b": sessions end, the instance stops
    6.072  c      instance                     down, clean
    6.072  c      leaving.switch               leaving -> consenting
    6.073  b      claim.consent                standby -> claiming
    6.073  b      claiming.cut_early           claiming
    6.074  a      position.asked               standby
    6.076  b      claiming.accept              claiming
    6.077  a      position.answer              standby
    6.078  -      kill                         agent c
    6.079  -      cut                          c
    6.080  b      standby.named                claiming -> promoting
    6.080  b      promoting.promote            promoting
    6.149  b      instance                     promoted to timeline 2
    6.150  b      promoting.done               promoting -> proving
    6.150  b      proving.mark                 proving
    6.151  a      standby.ask                  standby
    6.155  b      proving.open                 proving -> opening
    6.157  b      opening.done                 opening -> primary
    6.198  c      monitor                      makes a new agent
    6.198  c      recalling.done               recalling -> asking
    6.651  a      standby.take_chain           standby
    6.656  a      standby.follow               standby
    7.151  a      standby.ask                  standby
   12.000  -      mend                         c
   12.028  c      asking.round                 asking
   12.035  c      asking.seek                  asking -> seeking
   12.035  c      seeking.ask                  seeking
   12.036  c      standby.take_chain           seeking
   12.041  c      seeking.start                seeking -> standby-starting
   12.146  c      instance                     up, standby
   12.147  c      standby_starting.up          standby-starting -> standby
   12.147  c      standby.open                 standby
   12.205  b      attach.tighten               primary
   12.405  b      attach.propose               primary
   12.411  b      attach.accept                primary
   12.417  b      reply                        0: switched: server "b" is the primary since epoch 5, server "c" its standby
