# The standby's agent dies and its successor cannot write its state file for a while: detached, its instance streams
# on. Observations of both instances are always some ms old, and writes go on: it must be attached all the same.
servers a b
arbiters w
primary a
automatic on
begins switchable
seed 1
at 2.699835 disk of b hangs
at 8.224210 kill instance a
at 8.562516 kill agent b
at 20.0 disk of b works
lasts 30
must asking.standby_runs on b by 21
must switchable at 28
never promoted b
expect
    2.699  -      disk                         of b hangs
    8.224  -      kill                         instance a
    8.224  a      primary.gone                 primary -> failing
    8.227  a      instance                     down
    8.254  a      failing.handover             failing -> consenting
    8.254  b      claim.consent                standby -> claiming
    8.254  b      claiming.cut_early           claiming
    8.562  -      kill                         agent b
    8.682  b      monitor                      makes a new agent
    8.682  b      recalling.done               recalling -> asking
    8.689  b      asking.round                 asking
   12.255  a      consenting.nobody_came       consenting
   12.258  a      round.accept                 consenting
   12.261  a      consenting.later_record      consenting -> asking
   12.261  a      asking.round                 asking
   12.269  a      asking.start_primary         asking -> starting
   12.363  a      instance                     up, primary, closed
   12.363  a      starting.up                  starting -> proving
   12.363  a      proving.names                proving
   12.455  a      proving.open                 proving -> opening
   12.457  a      gate                         open
   12.457  a      opening.done                 opening -> primary
   20.000  -      disk                         of b works
   20.012  b      asking.standby_runs          asking -> standby
   20.012  b      standby.follow               standby
   20.014  b      standby.open                 standby
