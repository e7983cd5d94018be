# The operator stops the primary: a clean stop, the standby takes over with the final position.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 stop a
at 5.0 start a
lasts 14
must stop.primary on a
must leaving.handover on a
must claim.consent on b
must primary b at 2
must outage below 0.5
must switchable at 14
must consenting.succeeded_stop on a
never lost
expect
    1.000  -      stop                         a
    1.000  a      stop.primary                 primary -> leaving
    1.000  a      reply                        ... 0: server "b" takes over when this instance has stopped
    1.042  a      instance                     down, clean
    1.042  a      leaving.handover             leaving -> consenting
    1.042  b      claim.consent                standby -> claiming
    1.042  b      claiming.cut_early           claiming
    1.046  b      claiming.accept              claiming
    1.050  b      standby.named                claiming -> promoting
    1.050  b      promoting.promote            promoting
    1.050  a      consenting.succeeded_stop    consenting -> gone
    1.052  a      reply                        0: agent of server "a" stopped
    1.052  a      agent                        exits
    1.113  b      instance                     promoted to timeline 2
    1.114  b      promoting.done               promoting -> proving
    1.114  b      proving.mark                 proving
    1.119  b      proving.open                 proving -> opening
    1.121  b      opening.done                 opening -> primary
    5.000  -      start                        a
    5.000  a      recalling.done               recalling -> asking
    5.009  a      asking.round                 asking
    5.017  a      asking.seek                  asking -> seeking
    5.017  a      seeking.ask                  seeking
    5.018  a      standby.take_chain           seeking
    5.023  a      seeking.start                seeking -> standby-starting
    5.127  a      instance                     up, standby
    5.129  a      standby_starting.up          standby-starting -> standby
    5.129  a      standby.open                 standby
    5.255  b      attach.tighten               primary
    5.455  b      attach.propose               primary
    5.458  b      attach.accept                primary
