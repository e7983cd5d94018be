# Takeovers in which the arbiter or the winner dies: the arbiter before its promise; the winner while its receiver ends;
# both when the winner has just asked; both before it does. The next life completes each of them. What is remembered at
# each step is in takeover_steps_killed.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.000 kill host a
at 2.864 kill agent w
at 20.0 boot a
at 20.0 start a
at 40.000 kill host b
at 42.010 kill agent a
at 60.0 boot b
at 60.0 start b
at 80.000 kill host a
at 81.952 kill agent w
at 81.953 kill agent b
at 100.0 boot a
at 100.0 start a
at 120.000 kill host b
at 121.700 kill agent a
at 121.700 kill agent w
at 140.0 boot b
at 140.0 start b
lasts 170
must claim.silent on b by 2.864
never claiming.cut on b by 3
must claiming.failed on b by 4
must primary b at 39
must claiming.cut on a after 40 by 42.01
never claiming.accept on a after 40 by 42.2
must asking.standby_runs on a after 42.01 by 43
must primary a at 79
must claim.silent on b after 80 by 81.953
never claiming.cut on b after 80 by 82.1
must asking.standby_runs on b after 81.953 by 83
must primary b at 119
never claim.silent on a after 120 by 121.8
must asking.standby_runs on a after 121.7 by 122
must primary a at 170
must switchable at 170
must outage below 12
never lost
never two acknowledging
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.862  b      claim.silent                 standby -> claiming
    2.864  -      kill                         agent w
    2.984  w      monitor                      makes a new agent
    3.862  b      claiming.failed              claiming -> standby
    4.005  b      claim.silent                 standby -> claiming
    4.006  b      claiming.failed              claiming -> standby
    4.505  b      claim.silent                 standby -> claiming
    4.507  b      claiming.failed              claiming -> standby
    5.005  b      claim.silent                 standby -> claiming
    5.008  b      claiming.cut                 claiming
    5.010  b      claiming.accept              claiming
    5.014  b      standby.named                claiming -> promoting
    5.014  b      promoting.promote            promoting
    5.074  b      instance                     promoted to timeline 2
    5.075  b      promoting.done               promoting -> proving
    5.075  b      proving.mark                 proving
    5.080  b      proving.open                 proving -> opening
    5.082  b      opening.done                 opening -> primary
   20.000  -      boot                         a
   20.000  -      start                        a
   20.000  a      recalling.done               recalling -> asking
   20.018  a      asking.round                 asking
   20.096  a      asking.seek                  asking -> seeking
   20.096  a      seeking.ask                  seeking
   20.097  a      standby.take_chain           seeking
   20.102  a      seeking.start                seeking -> standby-starting
   20.204  a      instance                     up, standby
   20.204  a      standby_starting.up          standby-starting -> standby
   20.204  a      standby.open                 standby
   20.405  b      attach.tighten               primary
   20.455  b      attach.propose               primary
   20.459  b      attach.accept                primary
   40.000  -      kill                         host b
   40.000  b      instance                     down
   42.005  a      claim.silent                 standby -> claiming
   42.008  a      claiming.cut                 claiming
   42.010  -      kill                         agent a
   42.130  a      monitor                      makes a new agent
   42.130  a      recalling.done               recalling -> asking
   42.168  a      asking.round                 asking
   42.175  a      asking.standby_runs          asking -> standby
   42.175  a      standby.follow               standby
   42.177  a      standby.open                 standby
   44.135  a      claim.silent                 standby -> claiming
   44.138  a      claiming.cut                 claiming
   44.140  a      claiming.accept              claiming
   44.143  a      standby.named                claiming -> promoting
   44.143  a      promoting.promote            promoting
   44.221  a      instance                     promoted to timeline 3
   44.221  a      promoting.done               promoting -> proving
   44.221  a      proving.names                proving
   44.224  a      proving.mark                 proving
   44.229  a      proving.open                 proving -> opening
   44.231  a      opening.done                 opening -> primary
   60.000  -      boot                         b
   60.000  -      start                        b
   60.000  b      recalling.done               recalling -> asking
   60.020  b      asking.round                 asking
   60.046  b      asking.seek                  asking -> seeking
   60.046  b      seeking.ask                  seeking
   60.048  b      standby.take_chain           seeking
   60.053  b      seeking.start                seeking -> standby-starting
   60.127  b      instance                     up, standby
   60.129  b      standby_starting.up          standby-starting -> standby
   60.129  b      standby.open                 standby
   60.335  a      attach.tighten               primary
   60.535  a      attach.propose               primary
   60.537  a      attach.accept                primary
   80.000  -      kill                         host a
   80.000  a      instance                     down
   81.952  -      kill                         agent w
   81.952  b      claim.silent                 standby -> claiming
   81.953  -      kill                         agent b
   82.073  b      monitor                      makes a new agent
   82.073  b      recalling.done               recalling -> asking
   82.090  b      asking.round                 asking
   82.096  b      asking.standby_runs          asking -> standby
   82.096  b      standby.follow               standby
   82.098  b      standby.open                 standby
   84.078  b      claim.silent                 standby -> claiming
   84.080  b      claiming.cut                 claiming
   84.082  b      claiming.accept              claiming
   84.087  b      standby.named                claiming -> promoting
   84.087  b      promoting.promote            promoting
   84.154  b      instance                     promoted to timeline 4
   84.156  b      promoting.done               promoting -> proving
   84.156  b      proving.names                proving
   84.159  b      proving.mark                 proving
   84.164  b      proving.open                 proving -> opening
   84.166  b      opening.done                 opening -> primary
  100.000  -      boot                         a
  100.000  -      start                        a
  100.000  a      recalling.done               recalling -> asking
  100.006  a      asking.round                 asking
  100.203  a      asking.seek                  asking -> seeking
  100.203  a      seeking.ask                  seeking
  100.205  a      standby.take_chain           seeking
  100.210  a      seeking.start                seeking -> standby-starting
  100.294  a      instance                     up, standby
  100.296  a      standby_starting.up          standby-starting -> standby
  100.296  a      standby.open                 standby
  100.478  b      attach.tighten               primary
  100.678  b      attach.propose               primary
  100.681  b      attach.accept                primary
  120.000  -      kill                         host b
  120.000  b      instance                     down
  121.700  -      kill                         agent a
  121.700  -      kill                         agent w
  121.820  a      monitor                      makes a new agent
  121.820  a      recalling.done               recalling -> asking
  121.836  a      asking.round                 asking
  121.843  a      asking.standby_runs          asking -> standby
  121.843  a      standby.follow               standby
  121.845  a      standby.open                 standby
  123.825  a      claim.silent                 standby -> claiming
  123.828  a      claiming.cut                 claiming
  123.830  a      claiming.accept              claiming
  123.833  a      standby.named                claiming -> promoting
  123.833  a      promoting.promote            promoting
  123.892  a      instance                     promoted to timeline 5
  123.892  a      promoting.done               promoting -> proving
  123.892  a      proving.names                proving
  123.895  a      proving.mark                 proving
  123.900  a      proving.open                 proving -> opening
  123.902  a      opening.done                 opening -> primary
  140.000  -      boot                         b
  140.000  -      start                        b
  140.000  b      recalling.done               recalling -> asking
  140.017  b      asking.round                 asking
  140.115  b      asking.seek                  asking -> seeking
  140.115  b      seeking.ask                  seeking
  140.118  b      standby.take_chain           seeking
  140.123  b      seeking.start                seeking -> standby-starting
  140.209  b      instance                     up, standby
  140.211  b      standby_starting.up          standby-starting -> standby
  140.211  b      standby.open                 standby
  140.405  a      attach.tighten               primary
  140.425  a      attach.propose               primary
  140.429  a      attach.accept                primary
