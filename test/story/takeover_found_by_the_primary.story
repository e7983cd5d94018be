# A takeover is accepted by two of five voters and then held up. The primary, leased by others meanwhile, finds it in a round
# of its own, and would have to complete it: it stops its instance first (P5). Else who completes it serves on until it hears
# that it has. Here its next round meets others, and it goes on.
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 2
seed 3
at 1.570841 cut agents a -> b
at 1.570841 cut agents a w
at 2.370841 cut agents b -> x
at 2.570841 cut agents a x
at 3.420841 cut agents b -> a
at 3.675720 heal a w
at 4.425720 cut agents b -> w
at 4.463346 heal b x
at 4.563346 heal a x
at 12.0 heal
lasts 20
must claiming.accept on b by 4.5
must primary.overtaken on a by 5.4
must nobody at 5.4
must primary a at 11
must switchable at 19
never lost
never two acknowledging
expect
    1.570  -      cut                          agents a -> b
    1.570  -      cut                          agents a w
    2.370  -      cut                          agents b -> x
    2.570  -      cut                          agents a x
    3.420  -      cut                          agents b -> a
    3.655  b      claim.silent                 standby -> claiming
    3.675  -      heal                         a w
    4.425  -      cut                          agents b -> w
    4.463  -      heal                         b x
    4.465  b      claiming.cut                 claiming
    4.466  c      position.asked               standby
    4.471  b      claiming.accept              claiming
    4.472  c      position.answer              standby
    4.563  -      heal                         a x
    4.655  b      claiming.failed              claiming -> standby
    4.699  b      claim.silent                 standby -> claiming
    5.272  a      detach.lost                  primary
    5.282  a      primary.overtaken            primary -> cutting
    5.283  a      instance                     down
    5.312  a      cutting.proved               cutting -> fenced
    5.312  a      cut.majority_back            fenced -> asking
    5.312  a      asking.round                 asking
    5.320  a      asking.start_primary         asking -> starting
    5.391  a      instance                     up, primary, closed
    5.392  a      starting.up                  starting -> proving
    5.392  a      proving.names                proving
    5.699  b      claiming.failed              claiming -> standby
    5.808  b      claim.silent                 standby -> claiming
    5.810  b      claiming.failed              claiming -> standby
    5.817  b      standby.pending              standby
    5.992  a      detach.lost                  proving
    6.015  a      round.accept                 proving
    6.018  a      proving.names                proving
    6.018  c      standby.follow               standby
    6.055  a      proving.open                 proving -> opening
    6.057  a      gate                         open
    6.057  a      opening.done                 opening -> primary
    7.610  b      standby.missed               standby
   12.000  -      heal                         
   12.050  b      standby.ask                  standby
   12.051  b      standby.follow               standby
   12.255  a      attach.tighten               primary
   12.455  a      attach.propose               primary
   12.458  a      attach.accept                primary
