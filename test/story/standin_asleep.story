# So is one who slept: frozen while the other takes over, acknowledges and dies. It wakes up, hears nobody, and does not
# count on what it knew before.
servers a b
primary a
automatic on
silence command
rejoin copy
begins switchable
at 0.1 load on
at 9.0 freeze host a
at 20.0 kill host b
at 20.5 thaw all
at 60.0 boot b
at 60.5 start b -f
lasts 80
must primary b at 19
must nobody at 59
must switchable at 79
never lost
never standin.detach
expect
    0.100  -      load                         on
    9.000  -      freeze                       host a
   11.055  b      standin.ask                  standby
   11.205  b      command                      asks about a: yes
   11.205  b      claim.stand_in               standby -> claiming
   11.206  b      claiming.cut                 claiming
   11.212  b      claiming.accept              claiming
   11.213  b      standby.named                claiming -> promoting
   11.213  b      promoting.promote            promoting
   11.284  b      instance                     promoted to timeline 2
   11.285  b      promoting.done               promoting -> proving
   11.285  b      proving.mark                 proving
   11.290  b      proving.open                 proving -> opening
   11.292  b      opening.done                 opening -> primary
   20.000  -      kill                         host b
   20.000  b      instance                     down
   20.500  -      thaw                         all
   20.500  a      lease.out                    primary -> cutting
   20.503  a      instance                     down
   20.530  a      cutting.proved               cutting -> fenced
   20.530  a      cut.majority_back            fenced -> asking
   20.530  a      asking.round                 asking
   60.000  -      boot                         b
   60.500  -      start                        b -f
   60.500  b      recalling.done               recalling -> asking
   60.535  b      asking.round                 asking
   60.543  a      asking.seek                  asking -> seeking
   60.551  b      asking.start_primary         asking -> starting
   60.634  b      instance                     up, primary, closed
   60.636  b      starting.up                  starting -> proving
   60.636  b      proving.open                 proving -> opening
   60.638  b      gate                         open
   60.638  b      opening.done                 opening -> primary
   60.638  a      seeking.ask                  seeking
   60.639  a      seeking.rejoin               seeking -> rejoining
   63.100  a      rejoining.done               rejoining -> asking
   63.100  a      asking.round                 asking
   63.106  a      asking.name_copy             asking
   63.111  a      asking.seek                  asking -> seeking
   63.111  a      seeking.ask                  seeking
   63.112  a      seeking.start                seeking -> standby-starting
   63.216  a      instance                     up, standby
   63.218  a      standby_starting.up          standby-starting -> standby
   63.218  a      standby.open                 standby
   63.305  b      attach.tighten               primary
   63.505  b      attach.propose               primary
   63.508  b      attach.accept                primary
