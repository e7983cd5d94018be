# The successor's instance dies when the primary stops for a switch, and is back before the primary has consented, without the last WAL. It waits for
# what the consent names, nobody comes, and the primary opens again: as before, and nothing diverged.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 4.9 trap b before send 8 kill instance
at 5.0 switch a
lasts 130
must claiming.behind on b by 12
must primary a at 129
must switchable at 129
never lost
never two acknowledging
expect
    4.900  -      trap                         b before send 8 kill instance
    5.000  -      switch                       a
    5.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    5.255  a      switch.stop                  primary -> leaving
    5.255  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    5.255  -      trap                         springs on b
    5.255  b      standby.gone                 standby -> deposing
    5.259  b      instance                     down
    5.285  b      deposing.proved              deposing -> asking
    5.285  b      asking.round                 asking
    5.293  b      asking.start_standby         asking -> standby-starting
    5.295  a      instance                     down, clean
    5.295  a      leaving.switch               leaving -> consenting
    5.392  b      instance                     up, standby
    5.393  b      standby_starting.up          standby-starting -> standby
    5.393  b      claim.consent                standby -> claiming
    5.393  b      claiming.cut_early           claiming
    9.396  b      claiming.behind              claiming -> standby
    9.396  b      standby.follow               standby
    9.396  a      consenting.nobody_came       consenting
    9.398  b      standby.open                 standby
    9.400  a      round.accept                 consenting
    9.403  a      consenting.later_record      consenting -> asking
    9.403  a      asking.round                 asking
    9.410  a      asking.start_primary         asking -> starting
    9.499  a      instance                     up, primary, closed
    9.500  a      starting.up                  starting -> proving
    9.500  a      proving.names                proving
    9.655  a      proving.open                 proving -> opening
    9.657  a      gate                         open
    9.657  a      opening.done                 opening -> primary
    9.657  a      reply                        1: the switch to server "b" did not come about; server "a" is the primary as before
