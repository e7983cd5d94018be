# An operator detaches the standby while automatic is on: it is kept apart over a restart of its agent and of the primary, does not take over,
# and nobody waits for it. Its own start brings it back.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 5.000 detach b b
at 12.000 kill agent b
at 16.000 kill instance a
at 25.000 start b
lasts 40
must apart.change on a by 6
must solo at 6
must solo at 11
must solo at 15
must primary a at 24
must solo at 24
must switchable at 39
must outage below 3
never claim.silent
never lost
never two acknowledging
expect
    5.000  -      detach                       b b
    5.000  a      apart.change                 primary
    5.004  a      round.accept                 primary
    5.007  a      detach.leaving               primary
    5.011  a      round.accept                 primary
    5.014  a      names.follow_record          primary
    5.014  b      standby.ask                  standby
    5.016  b      reply                        0: server "b" is detached and kept apart: no commit waits for it, and it does not take over
    5.514  b      standby.ask                  standby
   12.000  -      kill                         agent b
   12.120  b      monitor                      makes a new agent
   12.120  b      recalling.done               recalling -> asking
   12.142  b      asking.round                 asking
   12.149  b      asking.standby_runs          asking -> standby
   12.149  b      standby.open                 standby
   12.155  b      standby.ask                  standby
   16.000  -      kill                         instance a
   16.000  a      primary.gone                 primary -> failing
   16.001  a      instance                     down
   16.030  a      failing.restart              failing -> asking
   16.030  a      asking.known_solo            asking
   16.030  a      asking.start_primary         asking -> starting
   16.122  a      instance                     up, primary, closed
   16.124  a      starting.up                  starting -> proving
   16.124  a      proving.open                 proving -> opening
   16.126  a      gate                         open
   16.126  a      opening.done                 opening -> primary
   25.000  -      start                        b
   25.001  b      reply                        0: the agent of server "b" has taken the command
   25.155  b      standby.ask                  standby
   25.155  a      apart.change                 primary
   25.175  a      round.accept                 primary
   25.655  b      standby.follow               standby
   25.855  a      attach.tighten               primary
   26.055  a      attach.propose               primary
   26.058  a      attach.accept                primary
