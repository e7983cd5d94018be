# Two servers and no arbiter; the arbitration command stands in for the vote of the other (section 8). The primary's host
# dies: the standby asks, is told that it is broken, and takes over on a line of its own. The former primary follows when
# it is back, and nothing is lost.
servers a b
primary a
automatic on
silence command
begins switchable
at 0.1 load on
at 9.0 kill host a
at 20.0 boot a
at 20.5 start a -f
lasts 40
must claim.stand_in on b by 13
must primary b at 19
must switchable at 39
never lost
never two acknowledging
never standin.detach
expect
    0.100  -      load                         on
    9.000  -      kill                         host a
    9.000  a      instance                     down
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
   20.000  -      boot                         a
   20.500  -      start                        a -f
   20.500  a      recalling.done               recalling -> asking
   20.513  a      asking.round                 asking
   20.727  a      asking.seek                  asking -> seeking
   20.727  a      seeking.ask                  seeking
   20.729  a      standby.take_chain           seeking
   20.734  a      seeking.start                seeking -> standby-starting
   20.807  a      instance                     up, standby
   20.808  a      standby_starting.up          standby-starting -> standby
   20.808  a      standby.open                 standby
   20.905  b      attach.tighten               primary
   21.055  b      attach.propose               primary
   21.058  b      attach.accept                primary
