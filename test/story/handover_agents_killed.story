# Four handovers, and in each an agent dies at another step: the former primary's while its instance stops, and when it
# has consented; the successor's when it has claimed, and while it promotes. The next life completes each of them; the
# one that was stopped is brought back by its monitor where it had not yet ended.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.000 stop a
at 1.020 kill agent a
at 20.0 start a
at 40.000 stop a
at 40.044 kill agent a
at 60.0 start a
at 80.000 stop b
at 80.044 kill agent a
at 100.0 start b
at 120.000 stop a
at 120.080 kill agent b
at 140.0 start a
lasts 170
must stop.primary on a by 1.02
must recalling.done on a after 1.02 by 1.3
must instance on a after 1.3 by 1.6
never leaving.handover on a by 39
must primary a at 39
must switchable at 39
must leaving.handover on a after 40 by 40.044
never claiming.accept on b by 40.044
must recalling.done on a after 40.044 by 41
must primary b at 79
must switchable at 79
must claim.consent on a after 80 by 80.044
never claiming.accept on a after 80 by 80.16
must asking.standby_runs on a after 80.044 by 81
must primary a at 119
must switchable at 119
must promoting.promote on b after 120 by 120.08
must promoted on b after 120.08 by 121
must asking.primary_runs on b after 120.08 by 121
must primary b at 170
must switchable at 170
must outage below 10
never lost
never two acknowledging
expect
    1.000  -      stop                         a
    1.000  a      stop.primary                 primary -> leaving
    1.000  a      reply                        ... 0: server "b" takes over when this instance has stopped
    1.020  -      kill                         agent a
    1.140  a      monitor                      makes a new agent
    1.140  a      recalling.done               recalling -> asking
    1.145  a      asking.round                 asking
    1.320  a      instance                     down, clean
    1.655  a      asking.start_primary         asking -> starting
    1.728  a      instance                     up, primary, closed
    1.729  a      starting.up                  starting -> proving
    1.729  a      proving.names                proving
    1.945  a      proving.open                 proving -> opening
    1.947  a      gate                         open
    1.947  a      opening.done                 opening -> primary
   20.000  -      start                        a
   20.001  a      reply                        0: the agent of server "a" has taken the command
   40.000  -      stop                         a
   40.000  a      stop.primary                 primary -> leaving
   40.000  a      reply                        ... 0: server "b" takes over when this instance has stopped
   40.042  a      instance                     down, clean
   40.042  a      leaving.handover             leaving -> consenting
   40.042  b      claim.consent                standby -> claiming
   40.042  b      claiming.cut_early           claiming
   40.044  -      kill                         agent a
   40.045  b      claiming.accept              claiming
   40.048  b      standby.named                claiming -> promoting
   40.048  b      promoting.promote            promoting
   40.125  b      instance                     promoted to timeline 2
   40.127  b      promoting.done               promoting -> proving
   40.127  b      proving.mark                 proving
   40.132  b      proving.open                 proving -> opening
   40.134  b      opening.done                 opening -> primary
   40.164  a      monitor                      makes a new agent
   40.164  a      recalling.done               recalling -> asking
   40.175  a      asking.round                 asking
   40.357  a      asking.seek                  asking -> seeking
   40.357  a      seeking.ask                  seeking
   40.358  a      standby.take_chain           seeking
   40.363  a      seeking.start                seeking -> standby-starting
   40.472  a      instance                     up, standby
   40.473  a      standby_starting.up          standby-starting -> standby
   40.473  a      standby.open                 standby
   40.655  b      attach.tighten               primary
   40.855  b      attach.propose               primary
   40.857  a      standby.ask                  standby
   40.858  b      attach.accept                primary
   60.000  -      start                        a
   60.001  a      reply                        0: the agent of server "a" has taken the command
   80.000  -      stop                         b
   80.000  b      stop.primary                 primary -> leaving
   80.000  b      reply                        ... 0: server "a" takes over when this instance has stopped
   80.042  b      instance                     down, clean
   80.042  b      leaving.handover             leaving -> consenting
   80.042  a      claim.consent                standby -> claiming
   80.042  a      claiming.cut_early           claiming
   80.044  -      kill                         agent a
   80.164  a      monitor                      makes a new agent
   80.164  a      recalling.done               recalling -> asking
   80.191  a      asking.round                 asking
   80.198  a      asking.standby_runs          asking -> standby
   80.198  a      standby.follow               standby
   80.200  a      standby.open                 standby
   80.255  a      claim.consent                standby -> claiming
   80.255  a      claiming.cut_early           claiming
   80.258  a      claiming.accept              claiming
   80.261  a      standby.named                claiming -> promoting
   80.261  a      promoting.promote            promoting
   80.262  b      consenting.succeeded_stop    consenting -> gone
   80.263  b      reply                        0: agent of server "b" stopped
   80.263  b      agent                        exits
   80.342  a      instance                     promoted to timeline 3
   80.343  a      promoting.done               promoting -> proving
   80.343  a      proving.names                proving
   80.346  a      proving.mark                 proving
   80.351  a      proving.open                 proving -> opening
   80.353  a      opening.done                 opening -> primary
  100.000  -      start                        b
  100.000  b      recalling.done               recalling -> asking
  100.024  b      asking.round                 asking
  100.031  b      asking.seek                  asking -> seeking
  100.031  b      seeking.ask                  seeking
  100.031  b      standby.take_chain           seeking
  100.036  b      seeking.start                seeking -> standby-starting
  100.118  b      instance                     up, standby
  100.118  b      standby_starting.up          standby-starting -> standby
  100.118  b      standby.open                 standby
  100.205  a      attach.tighten               primary
  100.369  a      attach.propose               primary
  100.379  a      attach.accept                primary
  120.000  -      stop                         a
  120.000  a      stop.primary                 primary -> leaving
  120.000  a      reply                        ... 0: server "b" takes over when this instance has stopped
  120.042  a      instance                     down, clean
  120.042  a      leaving.handover             leaving -> consenting
  120.042  b      claim.consent                standby -> claiming
  120.042  b      claiming.cut_early           claiming
  120.045  b      claiming.accept              claiming
  120.048  b      standby.named                claiming -> promoting
  120.048  b      promoting.promote            promoting
  120.049  a      consenting.succeeded_stop    consenting -> gone
  120.050  a      reply                        0: agent of server "a" stopped
  120.050  a      agent                        exits
  120.080  -      kill                         agent b
  120.108  b      instance                     promoted to timeline 4
  120.200  b      monitor                      makes a new agent
  120.200  b      recalling.done               recalling -> asking
  120.205  b      asking.known_solo            asking
  120.205  b      asking.primary_runs          asking -> proving
  120.205  b      proving.names                proving
  120.208  b      proving.mark                 proving
  120.213  b      proving.open                 proving -> opening
  120.215  b      opening.done                 opening -> primary
  140.000  -      start                        a
  140.000  a      recalling.done               recalling -> asking
  140.012  a      asking.round                 asking
  140.020  a      asking.seek                  asking -> seeking
  140.020  a      seeking.ask                  seeking
  140.020  a      standby.take_chain           seeking
  140.025  a      seeking.start                seeking -> standby-starting
  140.107  a      instance                     up, standby
  140.107  a      standby_starting.up          standby-starting -> standby
  140.107  a      standby.open                 standby
  140.205  b      attach.tighten               primary
  140.405  b      attach.propose               primary
  140.408  b      attach.accept                primary
