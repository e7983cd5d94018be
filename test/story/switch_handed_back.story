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
    2.449  b      claim.consent                standby -> claiming
    2.449  b      claiming.cut_early           claiming
    2.452  b      claiming.accept              claiming
    2.456  b      standby.named                claiming -> promoting
    2.456  b      promoting.promote            promoting
    2.456  a      consenting.succeeded         consenting -> asking
    2.456  a      asking.round                 asking
    2.463  a      asking.seek                  asking -> seeking
    2.471  b      standby.gone                 promoting -> deposing
    2.472  b      instance                     down
    2.501  b      deposing.proved              deposing -> asking
    2.501  b      asking.known_solo            asking
    2.501  b      asking.unpromoted            asking -> standby-starting
    2.563  b      instance                     up, standby
    2.563  b      standby_starting.up          standby-starting -> standby
    2.563  b      standby.named                standby -> promoting
    2.563  b      promoting.cut                promoting
    2.565  b      promoting.promote            promoting
    2.578  b      standby.gone                 promoting -> deposing
    2.579  b      instance                     down
    2.605  b      deposing.proved              deposing -> asking
    2.605  b      asking.known_solo            asking
    2.608  b      asking.hand_back             asking -> consenting
    2.609  a      seeking.return               seeking
    2.612  a      round.accept                 seeking
    2.615  a      seeking.named                seeking -> asking
    2.615  a      asking.known_solo            asking
    2.615  a      asking.start_primary         asking -> starting
    2.616  b      consenting.succeeded         consenting -> asking
    2.616  b      asking.round                 asking
    2.617  a      reply                        1: the switch to server "b" did not come about: it could not be promoted, and server "a" is the primary again since epoch 5
    2.623  b      asking.seek                  asking -> seeking
    2.723  a      instance                     up, primary, closed
    2.723  a      starting.up                  starting -> proving
    2.723  a      proving.open                 proving -> opening
    2.725  a      gate                         open
    2.725  a      opening.done                 opening -> primary
    2.725  b      seeking.ask                  seeking
    2.726  b      seeking.start                seeking -> standby-starting
    2.786  b      instance                     up, standby
    2.788  b      standby_starting.up          standby-starting -> standby
    2.788  b      standby.open                 standby
    2.805  a      attach.tighten               primary
    3.005  a      attach.propose               primary
    3.008  a      attach.accept                primary
   10.000  -      instance                     b can promote
