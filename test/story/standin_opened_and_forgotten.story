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
at 45 rejoin b
at 50 boot a
at 50.5 start a -f
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
   45.000  -      rejoin                       b
   45.000  b      reply                        3: refused "rejoin": it has opened under what it decided alone: mc_ctl switch --force at the server that is kept
   50.000  -      boot                         a
   50.500  -      start                        a -f
   50.500  a      recalling.done               recalling -> asking
   50.517  b      asking.round                 asking
   50.517  a      asking.round                 asking
   50.532  a      asking.seek                  asking -> seeking
   50.566  b      asking.start_primary         asking -> starting
   50.657  b      instance                     up, primary, closed
   50.658  b      starting.up                  starting -> proving
   50.658  b      proving.open                 proving -> opening
   50.660  b      gate                         open
   50.660  b      opening.done                 opening -> primary
   50.660  a      seeking.ask                  seeking
   50.663  a      standby.take_chain           seeking
   50.668  a      seeking.start                seeking -> standby-starting
   50.748  a      instance                     up, standby
   50.750  a      standby_starting.up          standby-starting -> standby
   50.750  a      standby.open                 standby
   50.905  b      attach.tighten               primary
   51.105  b      attach.propose               primary
   51.108  b      attach.accept                primary
