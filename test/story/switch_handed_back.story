# An operator's switch, with automatic off, whose successor ends at every promotion: it ends as before. The word of the
# switch stands for the way back, too, and for both to be as safe as before.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 instance b cannot promote
at 2.0 switch a b
at 10.0 instance b can promote
lasts 20
must switch.stop on a
must asking.hand_back on b by 4
must primary a at 4
must outage below 2
must switchable at 20
never promoted b
never lost
never two acknowledging
expect
    1.000  -      instance                     b cannot promote
    2.000  -      switch                       a b
    2.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    2.030  a      switch.stop                  primary -> leaving
    2.030  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    2.072  a      instance                     down, clean
    2.072  a      leaving.switch               leaving -> consenting
    2.072  b      claim.consent                standby -> claiming
    2.072  b      claiming.cut_early           claiming
    2.076  b      claiming.accept              claiming
    2.079  b      standby.named                claiming -> promoting
    2.079  b      promoting.promote            promoting
    2.079  a      consenting.succeeded         consenting -> asking
    2.079  a      asking.round                 asking
    2.086  a      asking.seek                  asking -> seeking
    2.093  b      standby.gone                 promoting -> deposing
    2.096  b      instance                     down
    2.123  b      deposing.proved              deposing -> asking
    2.123  b      asking.known_solo            asking
    2.123  b      asking.unpromoted            asking -> standby-starting
    2.232  b      instance                     up, standby
    2.233  b      standby_starting.up          standby-starting -> standby
    2.233  b      standby.named                standby -> promoting
    2.233  b      promoting.cut                promoting
    2.235  b      promoting.promote            promoting
    2.248  b      standby.gone                 promoting -> deposing
    2.250  b      instance                     down
    2.278  b      deposing.proved              deposing -> asking
    2.278  b      asking.known_solo            asking
    2.278  b      asking.hand_back             asking -> consenting
    2.280  a      seeking.return               seeking
    2.284  a      round.accept                 seeking
    2.288  a      seeking.named                seeking -> asking
    2.288  a      asking.known_solo            asking
    2.288  a      asking.start_primary         asking -> starting
    2.288  b      consenting.succeeded         consenting -> asking
    2.288  b      asking.round                 asking
    2.290  a      reply                        1: the switch to server "b" did not come about: it could not be promoted, and server "a" is the primary again since epoch 5
    2.294  b      asking.seek                  asking -> seeking
    2.381  a      instance                     up, primary, closed
    2.382  a      starting.up                  starting -> proving
    2.382  a      proving.open                 proving -> opening
    2.384  a      gate                         open
    2.384  a      opening.done                 opening -> primary
    2.384  b      seeking.ask                  seeking
    2.384  b      seeking.start                seeking -> standby-starting
    2.458  b      instance                     up, standby
    2.458  b      standby_starting.up          standby-starting -> standby
    2.458  b      standby.open                 standby
    2.605  a      attach.tighten               primary
    2.805  a      attach.propose               primary
    2.807  a      attach.accept                primary
   10.000  -      instance                     b can promote
