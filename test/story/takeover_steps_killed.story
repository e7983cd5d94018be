# The primary's host dies again and again, and each time somebody who takes part in the takeover dies at a step that is
# remembered: the arbiter before and after its promise; the winner after its own promise, behind the end of its receiver, with
# the arbiter when both have accepted, before and behind its promotion, before its directory is marked, and when its gate is open.
# The next life completes each.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill host a
at 1.5 trap w before persist 1 kill agent
at 20.0 boot a
at 20.0 start a
at 40.0 kill host b
at 40.5 trap w after persist 1 kill agent
at 60.0 boot b
at 60.0 start b
at 80.0 kill host a
at 80.5 trap b after persist 1 kill agent
at 100.0 boot a
at 100.0 start a
at 120.0 kill host b
at 120.5 trap a after follow 1 kill agent
at 140.0 boot b
at 140.0 start b
at 160.0 kill host a
at 160.5 trap b after persist 2 kill agent
at 160.5 trap w after persist 2 kill agent
at 180.0 boot a
at 180.0 start a
at 200.0 kill host b
at 200.5 trap a before promote 1 kill agent
at 220.0 boot b
at 220.0 start b
at 240.0 kill host a
at 240.5 trap b after promote 1 kill agent
at 260.0 boot a
at 260.0 start a
at 280.0 kill host b
at 280.5 trap a before directory 1 kill agent
at 300.0 boot b
at 300.0 start b
at 320.0 kill host a
at 320.5 trap b after gate 1 kill agent
at 340.0 boot a
at 340.0 start a
lasts 360
must trap after 1.6 by 4
never claiming.cut on b by 3.5
must claiming.failed on b after 1.6 by 5
must primary b at 19
must trap after 40.6 by 44
never claiming.cut on a after 40 by 42.5
must claiming.failed on a after 40.6 by 45
must primary a at 59
must trap after 80.6 by 84
must asking.standby_runs on b after 80.6 by 84
never claiming.cut on b after 80 by 82.5
must primary b at 99
must trap after 120.6 by 124
must claiming.cut on a after 120.6 by 122.5
must asking.standby_runs on a after 120.6 by 124
never claiming.accept on a after 120 by 122.5
must primary a at 139
must trap after 160.6 by 164
must claiming.accept on b after 160.6 by 164
must asking.promotion_unfinished on b after 160.6 by 166
never asking.promotion_unfinished on b by 163
must primary b at 179
must trap after 200.6 by 204
must asking.promotion_unfinished on a after 200.6 by 204
must primary a at 219
must trap after 240.6 by 244
must asking.primary_runs on b after 240.6 by 244
must primary b at 259
must trap after 280.6 by 284
must asking.primary_runs on a after 280.6 by 284
must primary a at 299
must trap after 320.6 by 324
must asking.primary_runs on b after 320.6 by 324
must primary b at 339
must switchable at 39
must switchable at 79
must switchable at 119
must switchable at 159
must switchable at 199
must switchable at 239
must switchable at 279
must switchable at 319
must switchable at 359
must outage below 6
never lost
never two acknowledging
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    1.500  -      trap                         w before persist 1 kill agent
    2.862  b      claim.silent                 standby -> claiming
    2.863  -      trap                         springs on w
    2.983  w      monitor                      makes a new agent
    3.862  b      claiming.failed              claiming -> standby
    4.005  b      claim.silent                 standby -> claiming
    4.007  b      claiming.failed              claiming -> standby
    4.505  b      claim.silent                 standby -> claiming
    4.507  b      claiming.failed              claiming -> standby
    5.005  b      claim.silent                 standby -> claiming
    5.008  b      claiming.cut                 claiming
    5.010  b      claiming.accept              claiming
    5.013  b      standby.named                claiming -> promoting
    5.013  b      promoting.promote            promoting
    5.067  b      instance                     promoted to timeline 2
    5.067  b      promoting.done               promoting -> proving
    5.067  b      proving.mark                 proving
    5.072  b      proving.open                 proving -> opening
    5.074  b      opening.done                 opening -> primary
   20.000  -      boot                         a
   20.000  -      start                        a
   20.000  a      recalling.done               recalling -> asking
   20.020  a      asking.round                 asking
   20.178  a      asking.seek                  asking -> seeking
   20.178  a      seeking.ask                  seeking
   20.180  a      standby.take_chain           seeking
   20.185  a      seeking.start                seeking -> standby-starting
   20.277  a      instance                     up, standby
   20.277  a      standby_starting.up          standby-starting -> standby
   20.277  a      standby.open                 standby
   20.455  b      attach.tighten               primary
   20.655  b      attach.propose               primary
   20.657  b      attach.accept                primary
   40.000  -      kill                         host b
   40.000  b      instance                     down
   40.500  -      trap                         w after persist 1 kill agent
   41.861  a      claim.silent                 standby -> claiming
   41.864  -      trap                         springs on w
   42.861  a      claiming.failed              claiming -> standby
   42.941  a      claim.silent                 standby -> claiming
   42.942  a      claiming.failed              claiming -> standby
   43.441  a      claim.silent                 standby -> claiming
   43.442  a      claiming.failed              claiming -> standby
   43.941  a      claim.silent                 standby -> claiming
   43.944  a      claiming.cut                 claiming
   43.946  a      claiming.accept              claiming
   43.949  a      standby.named                claiming -> promoting
   43.949  a      promoting.promote            promoting
   44.005  a      instance                     promoted to timeline 3
   44.006  a      promoting.done               promoting -> proving
   44.006  a      proving.mark                 proving
   44.011  a      proving.open                 proving -> opening
   44.013  a      opening.done                 opening -> primary
   60.000  -      boot                         b
   60.000  -      start                        b
   60.000  b      recalling.done               recalling -> asking
   60.034  b      asking.round                 asking
   60.134  b      asking.seek                  asking -> seeking
   60.134  b      seeking.ask                  seeking
   60.137  b      standby.take_chain           seeking
   60.142  b      seeking.start                seeking -> standby-starting
   60.213  b      instance                     up, standby
   60.214  b      standby_starting.up          standby-starting -> standby
   60.214  b      standby.open                 standby
   60.405  a      attach.tighten               primary
   60.605  a      attach.propose               primary
   60.607  a      attach.accept                primary
   80.000  -      kill                         host a
   80.000  a      instance                     down
   80.500  -      trap                         b after persist 1 kill agent
   81.811  b      claim.silent                 standby -> claiming
   81.812  -      trap                         springs on b
   81.932  b      monitor                      makes a new agent
   81.932  b      recalling.done               recalling -> asking
   81.963  b      asking.round                 asking
   81.969  b      asking.standby_runs          asking -> standby
   81.969  b      standby.follow               standby
   81.971  b      standby.open                 standby
   83.937  b      claim.silent                 standby -> claiming
   83.940  b      claiming.cut                 claiming
   83.942  b      claiming.accept              claiming
   83.947  b      standby.named                claiming -> promoting
   83.947  b      promoting.promote            promoting
   84.008  b      instance                     promoted to timeline 4
   84.010  b      promoting.done               promoting -> proving
   84.010  b      proving.names                proving
   84.013  b      proving.mark                 proving
   84.018  b      proving.open                 proving -> opening
   84.020  b      opening.done                 opening -> primary
  100.000  -      boot                         a
  100.000  -      start                        a
  100.000  a      recalling.done               recalling -> asking
  100.010  a      asking.round                 asking
  100.205  a      asking.seek                  asking -> seeking
  100.205  a      seeking.ask                  seeking
  100.208  a      standby.take_chain           seeking
  100.213  a      seeking.start                seeking -> standby-starting
  100.279  a      instance                     up, standby
  100.281  a      standby_starting.up          standby-starting -> standby
  100.281  a      standby.open                 standby
  100.337  b      attach.tighten               primary
  100.537  b      attach.propose               primary
  100.541  b      attach.accept                primary
  120.000  -      kill                         host b
  120.000  b      instance                     down
  120.500  -      trap                         a after follow 1 kill agent
  122.005  a      claim.silent                 standby -> claiming
  122.009  a      claiming.cut                 claiming
  122.015  -      trap                         springs on a
  122.135  a      monitor                      makes a new agent
  122.135  a      recalling.done               recalling -> asking
  122.170  a      asking.round                 asking
  122.177  a      asking.standby_runs          asking -> standby
  122.177  a      standby.follow               standby
  122.179  a      standby.open                 standby
  124.140  a      claim.silent                 standby -> claiming
  124.143  a      claiming.cut                 claiming
  124.145  a      claiming.accept              claiming
  124.149  a      standby.named                claiming -> promoting
  124.149  a      promoting.promote            promoting
  124.203  a      instance                     promoted to timeline 5
  124.204  a      promoting.done               promoting -> proving
  124.204  a      proving.names                proving
  124.207  a      proving.mark                 proving
  124.212  a      proving.open                 proving -> opening
  124.214  a      opening.done                 opening -> primary
  140.000  -      boot                         b
  140.000  -      start                        b
  140.000  b      recalling.done               recalling -> asking
  140.026  b      asking.round                 asking
  140.122  b      asking.seek                  asking -> seeking
  140.122  b      seeking.ask                  seeking
  140.125  b      standby.take_chain           seeking
  140.130  b      seeking.start                seeking -> standby-starting
  140.218  b      instance                     up, standby
  140.220  b      standby_starting.up          standby-starting -> standby
  140.220  b      standby.open                 standby
  140.405  a      attach.tighten               primary
  140.540  a      attach.propose               primary
  140.543  a      attach.accept                primary
  160.000  -      kill                         host a
  160.000  a      instance                     down
  160.500  -      trap                         b after persist 2 kill agent
  160.500  -      trap                         w after persist 2 kill agent
  162.005  b      claim.silent                 standby -> claiming
  162.009  b      claiming.cut                 claiming
  162.015  b      claiming.accept              claiming
  162.016  -      trap                         springs on b
  162.136  b      monitor                      makes a new agent
  162.136  b      recalling.done               recalling -> asking
  162.157  b      asking.round                 asking
  162.160  -      trap                         springs on w
  164.079  b      asking.promotion_unfinished  asking -> promoting
  164.079  b      promoting.cut                promoting
  164.083  b      promoting.promote            promoting
  164.156  b      instance                     promoted to timeline 6
  164.157  b      promoting.done               promoting -> proving
  164.157  b      proving.names                proving
  164.160  b      proving.mark                 proving
  164.165  b      proving.open                 proving -> opening
  164.167  b      opening.done                 opening -> primary
  180.000  -      boot                         a
  180.000  -      start                        a
  180.000  a      recalling.done               recalling -> asking
  180.017  a      asking.round                 asking
  180.157  a      asking.seek                  asking -> seeking
  180.157  a      seeking.ask                  seeking
  180.159  a      standby.take_chain           seeking
  180.164  a      seeking.start                seeking -> standby-starting
  180.250  a      instance                     up, standby
  180.252  a      standby_starting.up          standby-starting -> standby
  180.252  a      standby.open                 standby
  180.405  b      attach.tighten               primary
  180.541  b      attach.propose               primary
  180.544  b      attach.accept                primary
  200.000  -      kill                         host b
  200.000  b      instance                     down
  200.500  -      trap                         a before promote 1 kill agent
  202.005  a      claim.silent                 standby -> claiming
  202.009  a      claiming.cut                 claiming
  202.015  a      claiming.accept              claiming
  202.018  a      standby.named                claiming -> promoting
  202.018  a      promoting.promote            promoting
  202.020  -      trap                         springs on a
  202.140  a      monitor                      makes a new agent
  202.140  a      recalling.done               recalling -> asking
  202.145  a      asking.known_solo            asking
  202.145  a      asking.promotion_unfinished  asking -> promoting
  202.145  a      promoting.cut                promoting
  202.147  a      promoting.promote            promoting
  202.215  a      instance                     promoted to timeline 7
  202.217  a      promoting.done               promoting -> proving
  202.217  a      proving.names                proving
  202.220  a      proving.mark                 proving
  202.225  a      proving.open                 proving -> opening
  202.227  a      opening.done                 opening -> primary
  220.000  -      boot                         b
  220.000  -      start                        b
  220.000  b      recalling.done               recalling -> asking
  220.021  b      asking.round                 asking
  220.029  b      asking.seek                  asking -> seeking
  220.029  b      seeking.ask                  seeking
  220.032  b      standby.take_chain           seeking
  220.037  b      seeking.start                seeking -> standby-starting
  220.125  b      instance                     up, standby
  220.127  b      standby_starting.up          standby-starting -> standby
  220.127  b      standby.open                 standby
  220.205  a      attach.tighten               primary
  220.345  a      attach.propose               primary
  220.348  a      attach.accept                primary
  240.000  -      kill                         host a
  240.000  a      instance                     down
  240.500  -      trap                         b after promote 1 kill agent
  242.005  b      claim.silent                 standby -> claiming
  242.008  b      claiming.cut                 claiming
  242.014  b      claiming.accept              claiming
  242.017  b      standby.named                claiming -> promoting
  242.017  b      promoting.promote            promoting
  242.087  b      instance                     promoted to timeline 8
  242.087  -      trap                         springs on b
  242.207  b      monitor                      makes a new agent
  242.207  b      recalling.done               recalling -> asking
  242.212  b      asking.known_solo            asking
  242.212  b      asking.primary_runs          asking -> proving
  242.212  b      proving.names                proving
  242.215  b      proving.mark                 proving
  242.220  b      proving.open                 proving -> opening
  242.222  b      opening.done                 opening -> primary
  260.000  -      boot                         a
  260.000  -      start                        a
  260.000  a      recalling.done               recalling -> asking
  260.019  a      asking.round                 asking
  260.053  a      asking.seek                  asking -> seeking
  260.053  a      seeking.ask                  seeking
  260.055  a      standby.take_chain           seeking
  260.060  a      seeking.start                seeking -> standby-starting
  260.126  a      instance                     up, standby
  260.128  a      standby_starting.up          standby-starting -> standby
  260.128  a      standby.open                 standby
  260.212  b      attach.tighten               primary
  260.412  b      attach.propose               primary
  260.415  b      attach.accept                primary
  280.000  -      kill                         host b
  280.000  b      instance                     down
  280.500  -      trap                         a before directory 1 kill agent
  281.819  a      claim.silent                 standby -> claiming
  281.822  a      claiming.cut                 claiming
  281.828  a      claiming.accept              claiming
  281.832  a      standby.named                claiming -> promoting
  281.832  a      promoting.promote            promoting
  281.912  a      instance                     promoted to timeline 9
  281.914  a      promoting.done               promoting -> proving
  281.914  a      proving.mark                 proving
  281.914  -      trap                         springs on a
  282.034  a      monitor                      makes a new agent
  282.034  a      recalling.done               recalling -> asking
  282.039  a      asking.known_solo            asking
  282.039  a      asking.primary_runs          asking -> proving
  282.039  a      proving.names                proving
  282.042  a      proving.mark                 proving
  282.047  a      proving.open                 proving -> opening
  282.049  a      opening.done                 opening -> primary
  300.000  -      boot                         b
  300.000  -      start                        b
  300.000  b      recalling.done               recalling -> asking
  300.011  b      asking.round                 asking
  300.019  b      asking.seek                  asking -> seeking
  300.024  b      seeking.ask                  seeking
  300.025  b      standby.take_chain           seeking
  300.030  b      seeking.start                seeking -> standby-starting
  300.120  b      instance                     up, standby
  300.122  b      standby_starting.up          standby-starting -> standby
  300.122  b      standby.open                 standby
  300.239  a      attach.tighten               primary
  300.439  a      attach.propose               primary
  300.443  a      attach.accept                primary
  320.000  -      kill                         host a
  320.000  a      instance                     down
  320.500  -      trap                         b after gate 1 kill agent
  322.005  b      claim.silent                 standby -> claiming
  322.008  b      claiming.cut                 claiming
  322.014  b      claiming.accept              claiming
  322.019  b      standby.named                claiming -> promoting
  322.019  b      promoting.promote            promoting
  322.090  b      instance                     promoted to timeline 10
  322.092  b      promoting.done               promoting -> proving
  322.092  b      proving.mark                 proving
  322.097  b      proving.open                 proving -> opening
  322.099  -      trap                         springs on b
  322.219  b      monitor                      makes a new agent
  322.219  b      recalling.done               recalling -> asking
  322.224  b      asking.known_solo            asking
  322.224  b      asking.primary_runs          asking -> proving
  322.224  b      proving.names                proving
  322.227  b      proving.open                 proving -> opening
  322.229  b      opening.done                 opening -> primary
  340.000  -      boot                         a
  340.000  -      start                        a
  340.000  a      recalling.done               recalling -> asking
  340.021  a      asking.round                 asking
  340.171  a      asking.seek                  asking -> seeking
  340.171  a      seeking.ask                  seeking
  340.174  a      standby.take_chain           seeking
  340.179  a      seeking.start                seeking -> standby-starting
  340.286  a      instance                     up, standby
  340.287  a      standby_starting.up          standby-starting -> standby
  340.287  a      standby.open                 standby
  340.424  b      attach.tighten               primary
  340.624  b      attach.propose               primary
  340.627  b      attach.accept                primary
