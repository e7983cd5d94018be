# Section 8: the primary has accepted its own change of the eligible, whose answers are lost, when its standby dies. What it decides alone after
# that is a change of the line before, and goes past its own.
servers a b
primary a
automatic on
begins switchable
eligible 1
durations slow
rejoin rewind
silence command
seed 4890061530
think 0.040000 0.120000
lasts 45.000000
settles 90.000000
at 4.096760 kill agent b
at 4.096760 lose memory of b safely
at 9.679959 delay 0.001 0.02
at 11.866967 lose 271
at 12.782760 start primary
at 16.048353 kill instance standby
at 20.048353 kill host standby
at 44.999999 mend core
at 44.999999 attend 3 -f
must standin.detach on a
must primary a at 44
must switchable at 60
never lost
expect
    4.096  -      kill                         agent b
    4.096  -      lose                         memory of b safely
    4.216  b      monitor                      makes a new agent
    4.240  a      detach.lost                  primary
    4.516  a      lease.out                    primary -> cutting
    4.516  a      instance                     down
    4.519  b      recalling.done               recalling -> asking
    4.519  b      asking.round                 asking
    4.525  b      asking.standby_runs          asking -> standby
    4.525  b      standby.follow               standby
    4.527  b      standby.open                 standby
    4.546  a      cutting.proved               cutting -> fenced
    4.546  a      cut.majority_back            fenced -> asking
    4.546  a      asking.round                 asking
    4.553  a      asking.start_primary         asking -> starting
    4.637  a      instance                     up, primary, closed
    4.639  a      starting.up                  starting -> proving
    4.639  a      proving.names                proving
    4.855  a      proving.open                 proving -> opening
    4.857  a      gate                         open
    4.857  a      opening.done                 opening -> primary
    9.679  -      delay                        0.001 0.02
   11.866  -      lose                         271
   12.782  -      start                        primary
   12.784  a      reply                        0: the agent of server "a" has taken the command
   16.048  -      kill                         instance standby
   16.048  b      standby.gone                 standby -> deposing
   16.050  b      instance                     down
   16.078  b      deposing.proved              deposing -> asking
   16.078  b      asking.round                 asking
   16.089  a      detach.lost                  primary
   18.108  a      round.accept                 primary
   20.048  -      kill                         host standby
   20.057  a      lease.out                    primary -> cutting
   20.059  a      instance                     down
   20.087  a      cutting.proved               cutting -> fenced
   20.087  a      cut.majority_back            fenced -> asking
   22.115  a      asking.round                 asking
   40.655  a      standin.ask                  asking
   40.805  a      command                      asks about b: yes
   40.805  a      standin.detach               asking
   40.806  a      round.accept                 asking
   40.807  a      asking.start_primary         asking -> starting
   40.881  a      instance                     up, primary, closed
   40.881  a      starting.up                  starting -> proving
   40.881  a      proving.mark                 proving
   40.886  a      proving.open                 proving -> opening
   40.888  a      gate                         open
   40.888  a      opening.done                 opening -> primary
   44.999  -      mend                         core
   44.999  -      attend                       3 -f
   47.999  b      recalling.done               recalling -> asking
   48.030  b      asking.round                 asking
   48.077  b      asking.seek                  asking -> seeking
   48.077  b      seeking.ask                  seeking
   48.096  b      standby.take_chain           seeking
   48.101  b      seeking.start                seeking -> standby-starting
   48.173  b      instance                     up, standby
   48.175  b      standby_starting.up          standby-starting -> standby
   48.175  b      standby.open                 standby
   48.255  a      attach.tighten               primary
   48.455  a      attach.propose               primary
   48.482  a      attach.accept                primary
   48.482  a      lease.out                    primary -> cutting
   48.485  a      instance                     down
   48.512  a      cutting.proved               cutting -> fenced
   48.512  a      cut.majority_back            fenced -> asking
   48.515  a      asking.start_primary         asking -> starting
   48.593  a      instance                     up, primary, closed
   48.594  a      starting.up                  starting -> proving
   48.594  a      proving.names                proving
   48.855  a      proving.open                 proving -> opening
   48.857  a      gate                         open
   48.857  a      opening.done                 opening -> primary
