# Section 8: the standby has taken over alone, opened and acknowledged, and its state file comes back as it was before it knew that record to be chosen (a disk that kept the
# accepted record and lost the next). Its directory shows that it has opened under it, so the decision is not given up by mc_ctl rejoin; the two settle it when both are there.
servers a b
primary a
automatic on
silence command
rejoin copy
begins switchable
at 0.1 load on
at 9.0 kill host a
at 11.214 copy memory of b
at 30.0 kill host b
at 31.0 old memory of b unseen
at 32.0 boot b
at 32.5 start b -f
at 43 delay 0.1 0.11
at 44 boot a
at 44.5 start a -f
at 44.8 rejoin b
at 60 heal
lasts 90
never lost
must primary b at 89
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
   11.214  -      copy                         memory of b
   11.284  b      instance                     promoted to timeline 2
   11.285  b      promoting.done               promoting -> proving
   11.285  b      proving.mark                 proving
   11.290  b      proving.open                 proving -> opening
   11.292  b      opening.done                 opening -> primary
   30.000  -      kill                         host b
   30.000  b      instance                     down
   31.000  -      old                          memory of b unseen
   32.000  -      boot                         b
   32.500  -      start                        b -f
   32.500  b      recalling.done               recalling -> asking
   43.000  -      delay                        0.1 0.11
   44.000  -      boot                         a
   44.500  -      start                        a -f
   44.500  a      recalling.done               recalling -> asking
   44.622  b      asking.round                 asking
   44.624  a      asking.round                 asking
   44.800  -      rejoin                       b
   44.800  b      reply                        3: refused "rejoin": it has opened under what it decided alone: mc_ctl switch --force at the server that is kept
   45.094  b      asking.round                 asking
   45.751  a      asking.seek                  asking -> seeking
   46.546  b      asking.start_primary         asking -> starting
   46.612  b      instance                     up, primary, closed
   46.614  b      starting.up                  starting -> proving
   46.614  b      proving.open                 proving -> opening
   46.616  b      gate                         open
   46.616  b      opening.done                 opening -> primary
   46.721  a      seeking.ask                  seeking
   46.938  a      standby.take_chain           seeking
   46.943  a      seeking.start                seeking -> standby-starting
   47.024  a      instance                     up, standby
   47.025  a      standby_starting.up          standby-starting -> standby
   47.025  a      standby.open                 standby
   47.221  a      standby.ask                  standby
   47.305  b      attach.tighten               primary
   47.705  b      attach.propose               primary
   47.921  b      attach.accept                primary
   60.000  -      heal                         
