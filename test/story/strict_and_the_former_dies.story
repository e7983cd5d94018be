# Automatic is off, and an operator switches. The former primary's host dies for good as soon as it has accepted its successor.
# That one opens alone and acknowledges alone: no commit of its own waits for the former primary, in this mode as in the other.
# No setting says otherwise.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 trap a after persist 2 kill host
at 1.1 switch b b
lasts 30
must trap after 1.2 by 2
must claiming.accept on b by 2
must solo at 3
must primary b at 29
must automatic off at 29
must outage below 1
must acknowledged more than 10000
never lost
never two acknowledging
expect
    1.000  -      trap                         a after persist 2 kill host
    1.100  -      switch                       b b
    1.100  b      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    1.205  a      switch.stop                  primary -> leaving
    1.205  b      reply                        ... 0: switch to server "b": sessions end, the instance stops
    1.247  a      instance                     down, clean
    1.247  a      leaving.switch               leaving -> consenting
    1.249  b      claim.consent                standby -> claiming
    1.249  b      claiming.cut_early           claiming
    1.252  b      claiming.accept              claiming
    1.253  -      trap                         springs on a
    1.256  b      standby.named                claiming -> promoting
    1.256  b      promoting.promote            promoting
    1.316  b      instance                     promoted to timeline 2
    1.316  b      promoting.done               promoting -> proving
    1.316  b      proving.mark                 proving
    1.321  b      proving.open                 proving -> opening
    1.323  b      opening.done                 opening -> primary
