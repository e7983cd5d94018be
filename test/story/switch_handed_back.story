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
    2.405  a      switch.stop                  primary -> leaving
    2.405  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    2.447  a      instance                     down, clean
    2.447  a      leaving.switch               leaving -> consenting
    2.447  b      claim.consent                standby -> claiming
    2.447  b      claiming.cut_early           claiming
    2.451  b      claiming.accept              claiming
    2.454  b      standby.named                claiming -> promoting
    2.454  b      promoting.promote            promoting
    2.454  a      consenting.succeeded         consenting -> asking
    2.454  a      asking.round                 asking
    2.462  a      asking.seek                  asking -> seeking
    2.468  b      standby.gone                 promoting -> deposing
    2.471  b      instance                     down
    2.498  b      deposing.proved              deposing -> asking
    2.498  b      asking.known_solo            asking
    2.498  b      asking.unpromoted            asking -> standby-starting
    2.559  b      instance                     up, standby
    2.560  b      standby_starting.up          standby-starting -> standby
    2.560  b      standby.named                standby -> promoting
    2.560  b      promoting.cut                promoting
    2.562  b      promoting.promote            promoting
    2.574  b      standby.gone                 promoting -> deposing
    2.576  b      instance                     down
    2.604  b      deposing.proved              deposing -> asking
    2.604  b      asking.known_solo            asking
    2.604  b      asking.hand_back             asking -> consenting
    2.606  a      seeking.return               seeking
    2.609  a      round.accept                 seeking
    2.612  a      seeking.named                seeking -> asking
    2.612  a      asking.known_solo            asking
    2.612  a      asking.start_primary         asking -> starting
    2.612  b      consenting.succeeded         consenting -> asking
    2.612  b      asking.round                 asking
    2.613  a      reply                        1: the switch to server "b" did not come about: it could not be promoted, and server "a" is the primary again since epoch 5
    2.620  b      asking.seek                  asking -> seeking
    2.697  a      instance                     up, primary, closed
    2.697  a      starting.up                  starting -> proving
    2.697  a      proving.open                 proving -> opening
    2.699  a      gate                         open
    2.699  a      opening.done                 opening -> primary
    2.700  b      seeking.ask                  seeking
    2.700  b      seeking.start                seeking -> standby-starting
    2.782  b      instance                     up, standby
    2.782  b      standby_starting.up          standby-starting -> standby
    2.782  b      standby.open                 standby
    2.805  a      attach.tighten               primary
    3.005  a      attach.propose               primary
    3.008  a      attach.accept                primary
   10.000  -      instance                     b can promote
