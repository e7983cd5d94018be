# The primary's host is lost in a switch, and its successor cannot be promoted. Nobody else may open, so it is tried on, but not in haste: in the end every four seconds. When the primary before is back,
# the role is given back at once, and none of the tries counts as an attempt to start the instance: it follows, and may take over again.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 instance b cannot promote
at 1.99 switch b
at 2.12 kill host a
at 22.0 boot a
at 22.5 start a
lasts 40
must nobody at 22
must asking.hand_back on b by 24
must primary a at 25
must switchable at 30
never promoted b
never lost
expect
    0.200  -      load                         on
    1.000  -      instance                     b cannot promote
    1.990  -      switch                       b
    1.990  b      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    2.055  a      switch.stop                  primary -> leaving
    2.055  b      reply                        ... 0: switch to server "b": sessions end, the instance stops
    2.097  a      instance                     down, clean
    2.097  a      leaving.switch               leaving -> consenting
    2.097  b      claim.consent                standby -> claiming
    2.097  b      claiming.cut_early           claiming
    2.101  b      claiming.accept              claiming
    2.105  b      standby.named                claiming -> promoting
    2.105  b      promoting.promote            promoting
    2.105  a      consenting.succeeded         consenting -> asking
    2.105  a      asking.round                 asking
    2.112  a      asking.seek                  asking -> seeking
    2.119  b      standby.gone                 promoting -> deposing
    2.120  -      kill                         host a
    2.122  b      instance                     down
    2.149  b      deposing.proved              deposing -> asking
    2.149  b      asking.known_solo            asking
    2.149  b      asking.unpromoted            asking -> standby-starting
    2.228  b      instance                     up, standby
    2.229  b      standby_starting.up          standby-starting -> standby
    2.229  b      standby.named                standby -> promoting
    2.229  b      promoting.cut                promoting
    2.231  b      promoting.promote            promoting
    2.244  b      standby.gone                 promoting -> deposing
    2.247  b      instance                     down
    2.255  b      deposing.proved              deposing -> asking
    2.255  b      asking.known_solo            asking
    2.274  b      asking.hand_back             asking -> consenting
    6.305  b      consenting.nobody_came       consenting
    6.308  b      round.accept                 consenting
    6.311  b      consenting.later_record      consenting -> asking
    6.311  b      asking.known_solo            asking
    6.311  b      asking.unpromoted            asking -> standby-starting
    6.422  b      instance                     up, standby
    6.423  b      standby_starting.up          standby-starting -> standby
    6.423  b      standby.named                standby -> promoting
    6.423  b      promoting.cut                promoting
    6.425  b      promoting.promote            promoting
    6.438  b      standby.gone                 promoting -> deposing
    6.439  b      instance                     down
    6.455  b      deposing.proved              deposing -> asking
    6.455  b      asking.known_solo            asking
    7.455  b      asking.unpromoted            asking -> standby-starting
    7.519  b      instance                     up, standby
    7.521  b      standby_starting.up          standby-starting -> standby
    7.521  b      standby.named                standby -> promoting
    7.521  b      promoting.cut                promoting
    7.523  b      promoting.promote            promoting
    7.535  b      standby.gone                 promoting -> deposing
    7.536  b      instance                     down
    7.565  b      deposing.proved              deposing -> asking
    7.565  b      asking.known_solo            asking
    9.565  b      asking.unpromoted            asking -> standby-starting
    9.649  b      instance                     up, standby
    9.651  b      standby_starting.up          standby-starting -> standby
    9.651  b      standby.named                standby -> promoting
    9.651  b      promoting.cut                promoting
    9.653  b      promoting.promote            promoting
    9.665  b      standby.gone                 promoting -> deposing
    9.667  b      instance                     down
    9.695  b      deposing.proved              deposing -> asking
    9.695  b      asking.known_solo            asking
   13.695  b      asking.unpromoted            asking -> standby-starting
   13.790  b      instance                     up, standby
   13.791  b      standby_starting.up          standby-starting -> standby
   13.791  b      standby.named                standby -> promoting
   13.791  b      promoting.cut                promoting
   13.793  b      promoting.promote            promoting
   13.805  b      standby.gone                 promoting -> deposing
   13.808  b      instance                     down
   13.835  b      deposing.proved              deposing -> asking
   13.835  b      asking.known_solo            asking
   17.835  b      asking.unpromoted            asking -> standby-starting
   17.918  b      instance                     up, standby
   17.919  b      standby_starting.up          standby-starting -> standby
   17.919  b      standby.named                standby -> promoting
   17.919  b      promoting.cut                promoting
   17.921  b      promoting.promote            promoting
   17.933  b      standby.gone                 promoting -> deposing
   17.936  b      instance                     down
   17.963  b      deposing.proved              deposing -> asking
   17.963  b      asking.known_solo            asking
   21.963  b      asking.unpromoted            asking -> standby-starting
   22.000  -      boot                         a
   22.040  b      instance                     up, standby
   22.041  b      standby_starting.up          standby-starting -> standby
   22.041  b      standby.named                standby -> promoting
   22.041  b      promoting.cut                promoting
   22.043  b      promoting.promote            promoting
   22.055  b      standby.gone                 promoting -> deposing
   22.058  b      instance                     down
   22.085  b      deposing.proved              deposing -> asking
   22.085  b      asking.known_solo            asking
   22.500  -      start                        a
   22.500  a      recalling.done               recalling -> asking
   22.521  a      asking.round                 asking
   22.572  a      asking.seek                  asking -> seeking
   22.572  b      asking.hand_back             asking -> consenting
   22.574  a      seeking.return               seeking
   22.578  a      round.accept                 seeking
   22.581  a      seeking.named                seeking -> asking
   22.581  a      asking.known_solo            asking
   22.581  a      asking.start_primary         asking -> starting
   22.582  b      consenting.succeeded         consenting -> asking
   22.582  b      asking.round                 asking
   22.583  b      reply                        1: the switch to server "b" did not come about: it could not be promoted, and server "a" is the primary again since epoch 5
   22.590  b      asking.seek                  asking -> seeking
   22.675  a      instance                     up, primary, closed
   22.677  a      starting.up                  starting -> proving
   22.677  a      proving.open                 proving -> opening
   22.679  a      gate                         open
   22.679  a      opening.done                 opening -> primary
   22.679  a      setting.change               primary
   22.679  b      seeking.ask                  seeking
   22.680  b      seeking.start                seeking -> standby-starting
   22.682  a      round.accept                 primary
   22.784  b      instance                     up, standby
   22.785  b      standby_starting.up          standby-starting -> standby
   22.785  b      standby.open                 standby
   22.905  a      attach.tighten               primary
   23.105  a      attach.propose               primary
   23.108  a      attach.accept                primary
