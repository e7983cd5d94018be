# Two servers and no arbiter, the other way round: the standby's host dies. The primary's lease runs out. It asks only when
# the standby can no longer have taken over, then lets it go and opens alone.
servers a b
primary a
automatic on
silence command
begins switchable
at 0.1 load on
at 9.0 kill host b
at 40.0 boot b
at 40.5 start b -f
lasts 60
must lease.out on a
must nobody at 18
must standin.detach on a after 20
must solo at 24
must switchable at 59
never lost
never two acknowledging
never claim.stand_in
expect
    0.100  -      load                         on
    9.000  -      kill                         host b
    9.000  b      instance                     down
   10.262  a      lease.out                    primary -> cutting
   10.263  a      instance                     down
   10.292  a      cutting.proved               cutting -> fenced
   10.292  a      cut.majority_back            fenced -> asking
   10.292  a      asking.round                 asking
   19.892  a      standin.ask                  asking
   20.042  a      command                      asks about b: yes
   20.042  a      standin.detach               asking
   20.043  a      round.accept                 asking
   20.044  a      asking.start_primary         asking -> starting
   20.135  a      instance                     up, primary, closed
   20.135  a      starting.up                  starting -> proving
   20.135  a      proving.mark                 proving
   20.140  a      proving.open                 proving -> opening
   20.142  a      gate                         open
   20.142  a      opening.done                 opening -> primary
   40.000  -      boot                         b
   40.500  -      start                        b -f
   40.500  b      recalling.done               recalling -> asking
   40.539  b      asking.round                 asking
   40.758  b      asking.seek                  asking -> seeking
   40.758  b      seeking.ask                  seeking
   40.760  b      standby.take_chain           seeking
   40.765  b      seeking.start                seeking -> standby-starting
   40.863  b      instance                     up, standby
   40.865  b      standby_starting.up          standby-starting -> standby
   40.865  b      standby.open                 standby
   41.055  a      attach.tighten               primary
   41.255  a      attach.propose               primary
   41.258  b      standby.ask                  standby
   41.258  a      attach.accept                primary
