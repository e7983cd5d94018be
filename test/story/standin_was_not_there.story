# A stand-in vote is for one who was there. The standby takes over from a dead primary, acknowledges, and dies. The former
# primary comes back alone: whatever the command says of the other, it was not there, and waits for it or for an operator.
servers a b
primary a
automatic on
silence command
begins switchable
at 0.1 load on
at 9.0 kill host a
at 20.0 kill host b
at 21.0 boot a
at 21.5 start a -f
at 60.0 boot b
at 60.5 start b -f
lasts 80
must primary b at 19
must nobody at 59
must primary b at 79
must switchable at 79
never lost
never two acknowledging
never standin.ask on a
never standin.detach
expect
    0.100  -      load                         on
    9.000  -      kill                         host a
    9.000  a      instance                     down
   11.055  b      standin.ask                  standby
   11.205  b      command                      asks about a: yes
   11.205  b      claim.stand_in               standby -> claiming
   11.206  b      claiming.cut                 claiming
   11.212  b      claiming.accept              claiming
   11.213  b      standby.named                claiming -> promoting
   11.213  b      promoting.promote            promoting
   11.284  b      instance                     promoted to timeline 2
   11.285  b      promoting.done               promoting -> proving
   11.285  b      proving.mark                 proving
   11.290  b      proving.open                 proving -> opening
   11.292  b      opening.done                 opening -> primary
   20.000  -      kill                         host b
   20.000  b      instance                     down
   21.000  -      boot                         a
   21.500  -      start                        a -f
   21.500  a      recalling.done               recalling -> asking
   60.000  -      boot                         b
   60.500  -      start                        b -f
   60.500  b      recalling.done               recalling -> asking
   60.517  b      asking.round                 asking
   60.517  a      asking.round                 asking
   60.524  b      asking.start_primary         asking -> starting
   60.606  b      instance                     up, primary, closed
   60.607  b      starting.up                  starting -> proving
   60.607  b      proving.open                 proving -> opening
   60.609  b      gate                         open
   60.609  b      opening.done                 opening -> primary
   60.617  a      asking.seek                  asking -> seeking
   60.617  a      seeking.ask                  seeking
   60.619  a      standby.take_chain           seeking
   60.624  a      seeking.start                seeking -> standby-starting
   60.708  a      instance                     up, standby
   60.710  a      standby_starting.up          standby-starting -> standby
   60.710  a      standby.open                 standby
   60.905  b      attach.tighten               primary
   61.105  b      attach.propose               primary
   61.108  b      attach.accept                primary
