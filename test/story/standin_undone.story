# Two servers and no arbiter; the arbitration command stands in for the vote of the other (section 8). The primary's instance dies and
# it hands over; the standby's host freezes when its own voter has accepted the takeover. The primary lets it go alone. Had it accepted that
# takeover, too, it would have been bound: so nobody has chosen it, and the standby follows when it is back (A1).
servers a b
primary a
automatic on
silence command
begins switchable
at 0.1 load on
at 12.0 trap standby after persist 2 freeze host
at 14.0 kill instance primary
at 40.0 thaw all
lasts 70
must standin.detach on a
must primary a at 39
must switchable at 69
never lost
expect
    0.100  -      load                         on
   12.000  -      trap                         standby after persist 2 freeze host
   14.000  -      kill                         instance primary
   14.000  a      primary.gone                 primary -> failing
   14.003  a      instance                     down
   14.030  a      failing.handover             failing -> consenting
   14.030  b      claim.consent                standby -> claiming
   14.030  b      claiming.cut_early           claiming
   14.034  b      claiming.accept              claiming
   25.055  a      standin.ask                  consenting
   25.205  a      command                      asks about b: yes
   25.205  a      standin.detach               consenting
   25.206  a      round.accept                 consenting
   25.207  a      consenting.later_record      consenting -> asking
   25.207  a      asking.known_solo            asking
   25.207  a      asking.start_primary         asking -> starting
   25.283  a      instance                     up, primary, closed
   25.285  a      starting.up                  starting -> proving
   25.285  a      proving.mark                 proving
   25.290  a      proving.open                 proving -> opening
   25.292  a      gate                         open
   25.292  a      opening.done                 opening -> primary
   40.000  -      thaw                         all
   40.000  b      claiming.failed              claiming -> standby
   40.000  b      standby.ask                  standby
   40.004  b      standby.take_chain           standby
   40.009  b      standby.follow               standby
   40.200  a      attach.tighten               primary
   40.255  a      attach.propose               primary
   40.259  a      attach.accept                primary
