# The primary's disk is lost, and its standby falls asleep over the takeover that its own voter has accepted already. The primary goes on
# with its backup, on another line, which the three arbiters choose; two of them are lost then. What the standby has accepted a majority
# has left behind, so nobody has chosen it: its answer counts, bears nothing, and it is attached (E5).
servers a b
arbiters w x y
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 load off
at 0.8 copy directory a
at 1.0 kill host a
at 2.0 trap b after persist 2 freeze host
at 6.0 boot a
at 6.0 restore directory a
at 7.0 start a -f
at 12.0 kill host x
at 12.0 kill host y
at 13.0 thaw b
lasts 30
must primary a at 11
must switchable at 29
never two acknowledging
expect
    0.200  -      load                         on
    0.500  -      load                         off
    0.800  -      copy                         directory a
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.000  -      trap                         b after persist 2 freeze host
    3.055  b      claim.silent                 standby -> claiming
    3.059  b      claiming.cut                 claiming
    3.065  b      claiming.accept              claiming
    6.000  -      boot                         a
    6.000  -      restore                      directory a
    7.000  -      start                        a -f
    7.000  a      recalling.done               recalling -> asking
    7.014  a      asking.round                 asking
    9.005  a      restored.propose             asking
    9.008  a      round.accept                 asking
    9.011  a      restored.identity            asking
    9.018  a      asking.start_primary         asking -> starting
    9.109  a      instance                     up, primary, closed
    9.110  a      starting.up                  starting -> proving
    9.110  a      proving.open                 proving -> opening
    9.112  a      gate                         open
    9.112  a      opening.done                 opening -> primary
   12.000  -      kill                         host x
   12.000  -      kill                         host y
   13.000  -      thaw                         b
   13.000  b      claiming.failed              claiming -> standby
   13.000  b      standby.ask                  standby
   13.500  b      standby.take_chain           standby
   13.505  b      standby.follow               standby
   13.605  a      attach.tighten               primary
   13.805  a      attach.propose               primary
   13.809  a      attach.accept                primary
