# An hour with a fault or its end every minute or two: each failure costs what its detection and one promotion cost, and
# all the rest is served. An hour without any acknowledges 2,035,000 commits; this one more than 99 of 100 of them.
servers a b
arbiters w
primary a
automatic on
begins switchable
seed 3
at 60 kill instance a
at 150 kill host b
at 180 boot b
at 180 start b
at 270 kill agent a
at 330 kill agent b
at 390 cut a b
at 420 heal
at 510 kill agent w
at 570 freeze instance a
at 600 thaw a
at 690 lose 300
at 720 lose 0
at 810 kill host a
at 840 boot a
at 840 start a
at 930 cut wal a b
at 960 heal
at 1050 stop b
at 1080 start b
at 1170 kill instance b
at 1260 cut w
at 1290 heal
at 1500 kill host w
at 1530 boot w
at 1530 start w
at 1620 kill instance a
at 1710 cut a
at 1740 heal
at 1830 disk of a slow 0.3
at 1860 disk of a works
at 1950 kill host b
at 1980 boot b
at 1980 start b
at 2070 stop a
at 2100 start a
at 2190 freeze agent b
at 2192 thaw b
at 2280 instance a receiver lags 0.5
at 2310 instance a quiet
at 2400 cut agents a b
at 2430 heal
at 2520 kill instance b
at 2610 kill agent a
at 2610 kill agent w
at 2700 disk of b full
at 2730 disk of b works
at 2820 kill host a
at 2850 boot a
at 2850 start a
at 2940 freeze instance b
at 2970 thaw b
at 3060 cut b
at 3090 heal
at 3180 duplicate 300
at 3240 duplicate 0
at 3330 kill instance a
at 3420 kill agent b
at 3480 kill instance b
lasts 3600
must switchable at 59
must switchable at 3600
must outage below 5
must acknowledged more than 2015000
never lost
never two acknowledging
expect
   60.000  -      kill                         instance a
   60.000  a      primary.gone                 primary -> failing
   60.002  a      instance                     down
   60.030  a      failing.handover             failing -> consenting
   60.030  b      claim.consent                standby -> claiming
   60.030  b      claiming.cut_early           claiming
   60.034  b      claiming.accept              claiming
   60.038  b      standby.named                claiming -> promoting
   60.038  b      promoting.promote            promoting
   60.038  a      consenting.succeeded         consenting -> asking
   60.038  a      asking.round                 asking
   60.045  a      asking.seek                  asking -> seeking
   60.094  b      instance                     promoted to timeline 2
   60.095  b      promoting.done               promoting -> proving
   60.095  b      proving.mark                 proving
   60.096  a      seeking.ask                  seeking
   60.100  b      proving.open                 proving -> opening
   60.102  b      opening.done                 opening -> primary
   60.596  a      standby.take_chain           seeking
   60.601  a      seeking.start                seeking -> standby-starting
   60.665  a      instance                     up, standby
   60.667  a      standby_starting.up          standby-starting -> standby
   60.667  a      standby.open                 standby
   60.855  b      attach.tighten               primary
   61.055  b      attach.propose               primary
   61.059  b      attach.accept                primary
  150.000  -      kill                         host b
  150.000  b      instance                     down
  152.055  a      claim.silent                 standby -> claiming
  152.059  a      claiming.cut                 claiming
  152.065  a      claiming.accept              claiming
  152.068  a      standby.named                claiming -> promoting
  152.068  a      promoting.promote            promoting
  152.135  a      instance                     promoted to timeline 3
  152.135  a      promoting.done               promoting -> proving
  152.135  a      proving.mark                 proving
  152.140  a      proving.open                 proving -> opening
  152.142  a      opening.done                 opening -> primary
  180.000  -      boot                         b
  180.000  -      start                        b
  180.000  b      recalling.done               recalling -> asking
  180.012  b      asking.round                 asking
  180.020  b      asking.seek                  asking -> seeking
  180.020  b      seeking.ask                  seeking
  180.022  b      standby.take_chain           seeking
  180.027  b      seeking.start                seeking -> standby-starting
  180.122  b      instance                     up, standby
  180.123  b      standby_starting.up          standby-starting -> standby
  180.123  b      standby.open                 standby
  180.255  a      attach.tighten               primary
  180.455  a      attach.propose               primary
  180.458  a      attach.accept                primary
  270.000  -      kill                         agent a
  270.120  a      monitor                      makes a new agent
  270.120  a      recalling.done               recalling -> asking
  270.126  a      asking.round                 asking
  270.132  a      asking.primary_runs          asking -> proving
  270.132  a      proving.names                proving
  270.325  a      proving.open                 proving -> opening
  270.327  a      opening.done                 opening -> primary
  330.000  -      kill                         agent b
  330.120  b      monitor                      makes a new agent
  330.120  b      recalling.done               recalling -> asking
  330.140  b      asking.round                 asking
  330.147  b      asking.standby_runs          asking -> standby
  330.147  b      standby.follow               standby
  330.149  b      standby.open                 standby
  390.000  -      cut                          a b
  391.946  b      claim.silent                 standby -> claiming
  391.948  b      claiming.failed              claiming -> standby
  392.125  a      detach.lost                  primary
  392.128  a      round.accept                 primary
  392.131  a      names.follow_record          primary
  396.125  b      standby.missed               standby
  420.000  -      heal                         
  420.050  b      standby.ask                  standby
  420.051  b      standby.follow               standby
  420.125  a      attach.tighten               primary
  420.325  a      attach.propose               primary
  420.332  a      attach.accept                primary
  510.000  -      kill                         agent w
  510.120  w      monitor                      makes a new agent
  570.000  -      freeze                       instance a
  572.125  a      primary.sick                 primary -> failing
  572.126  a      instance                     down
  572.155  a      failing.handover             failing -> consenting
  572.155  b      claim.consent                standby -> claiming
  572.155  b      claiming.cut_early           claiming
  572.158  b      claiming.accept              claiming
  572.162  b      standby.named                claiming -> promoting
  572.162  b      promoting.promote            promoting
  572.163  a      consenting.succeeded         consenting -> asking
  572.163  a      asking.round                 asking
  572.170  a      asking.seek                  asking -> seeking
  572.243  b      instance                     promoted to timeline 4
  572.244  b      promoting.done               promoting -> proving
  572.244  b      proving.names                proving
  572.244  a      seeking.ask                  seeking
  572.247  b      proving.mark                 proving
  572.252  b      proving.open                 proving -> opening
  572.254  b      opening.done                 opening -> primary
  572.744  a      standby.take_chain           seeking
  572.749  a      seeking.start                seeking -> standby-starting
  572.817  a      instance                     up, standby
  572.817  a      standby_starting.up          standby-starting -> standby
  572.817  a      standby.open                 standby
  572.925  b      attach.tighten               primary
  573.125  b      attach.propose               primary
  573.129  b      attach.accept                primary
  600.000  -      thaw                         a
  690.000  -      lose                         300
  720.000  -      lose                         0
  810.000  -      kill                         host a
  810.000  a      instance                     down
  812.125  b      detach.lost                  primary
  812.127  b      round.accept                 primary
  812.131  b      names.follow_record          primary
  840.000  -      boot                         a
  840.000  -      start                        a
  840.000  a      recalling.done               recalling -> asking
  840.015  a      asking.round                 asking
  840.250  a      asking.seek                  asking -> seeking
  840.250  a      seeking.ask                  seeking
  840.252  a      seeking.start                seeking -> standby-starting
  840.340  a      instance                     up, standby
  840.342  a      standby_starting.up          standby-starting -> standby
  840.342  a      standby.open                 standby
  840.525  b      attach.tighten               primary
  840.725  b      attach.propose               primary
  840.728  b      attach.accept                primary
  930.000  -      cut                          wal a b
  932.131  b      detach.lost                  primary
  932.134  b      round.accept                 primary
  932.137  b      names.follow_record          primary
  932.138  a      standby.ask                  standby
  960.000  -      heal                         
  960.325  b      attach.tighten               primary
  960.525  b      attach.propose               primary
  960.527  b      attach.accept                primary
  1050.000  -      stop                         b
  1050.000  b      stop.primary                 primary -> leaving
  1050.000  b      reply                        ... 0: server "a" takes over when this instance has stopped
  1050.042  b      instance                     down, clean
  1050.042  b      leaving.handover             leaving -> consenting
  1050.042  a      claim.consent                standby -> claiming
  1050.042  a      claiming.cut_early           claiming
  1050.045  a      claiming.accept              claiming
  1050.048  a      standby.named                claiming -> promoting
  1050.048  a      promoting.promote            promoting
  1050.049  b      consenting.succeeded_stop    consenting -> gone
  1050.050  b      reply                        0: agent of server "b" stopped
  1050.050  b      agent                        exits
  1050.103  a      instance                     promoted to timeline 5
  1050.103  a      promoting.done               promoting -> proving
  1050.103  a      proving.mark                 proving
  1050.108  a      proving.open                 proving -> opening
  1050.110  a      opening.done                 opening -> primary
  1080.000  -      start                        b
  1080.000  b      recalling.done               recalling -> asking
  1080.018  b      asking.round                 asking
  1080.026  b      asking.seek                  asking -> seeking
  1080.026  b      seeking.ask                  seeking
  1080.026  b      standby.take_chain           seeking
  1080.031  b      seeking.start                seeking -> standby-starting
  1080.106  b      instance                     up, standby
  1080.107  b      standby_starting.up          standby-starting -> standby
  1080.107  b      standby.open                 standby
  1080.205  a      attach.tighten               primary
  1080.405  a      attach.propose               primary
  1080.408  a      attach.accept                primary
  1170.000  -      kill                         instance b
  1170.000  b      standby.gone                 standby -> deposing
  1170.000  a      detach.lost                  primary
  1170.001  b      instance                     down
  1170.004  a      round.accept                 primary
  1170.005  b      deposing.proved              deposing -> asking
  1170.005  b      asking.round                 asking
  1170.012  a      pending.resolve              primary
  1170.012  a      names.follow_record          primary
  1170.036  b      asking.seek                  asking -> seeking
  1170.036  b      seeking.ask                  seeking
  1170.037  b      seeking.start                seeking -> standby-starting
  1170.143  b      instance                     up, standby
  1170.145  b      standby_starting.up          standby-starting -> standby
  1170.145  b      standby.open                 standby
  1170.205  a      attach.tighten               primary
  1170.405  a      attach.propose               primary
  1170.407  a      attach.accept                primary
  1260.000  -      cut                          w
  1290.000  -      heal                         
  1500.000  -      kill                         host w
  1530.000  -      boot                         w
  1530.000  -      start                        w
  1620.000  -      kill                         instance a
  1620.000  a      primary.gone                 primary -> failing
  1620.001  a      instance                     down
  1620.005  a      failing.handover             failing -> consenting
  1620.005  b      claim.consent                standby -> claiming
  1620.005  b      claiming.cut_early           claiming
  1620.008  b      claiming.accept              claiming
  1620.012  b      standby.named                claiming -> promoting
  1620.012  b      promoting.promote            promoting
  1620.012  a      consenting.succeeded         consenting -> asking
  1620.012  a      asking.round                 asking
  1620.037  a      asking.seek                  asking -> seeking
  1620.066  b      instance                     promoted to timeline 6
  1620.067  b      promoting.done               promoting -> proving
  1620.067  b      proving.mark                 proving
  1620.068  a      seeking.ask                  seeking
  1620.072  b      proving.open                 proving -> opening
  1620.074  b      opening.done                 opening -> primary
  1620.568  a      standby.take_chain           seeking
  1620.573  a      seeking.start                seeking -> standby-starting
  1620.667  a      instance                     up, standby
  1620.667  a      standby_starting.up          standby-starting -> standby
  1620.667  a      standby.open                 standby
  1620.805  b      attach.tighten               primary
  1621.005  b      attach.propose               primary
  1621.008  b      attach.accept                primary
  1710.000  -      cut                          a
  1711.812  b      detach.lost                  primary
  1711.815  b      round.accept                 primary
  1711.819  b      names.follow_record          primary
  1740.000  -      heal                         
  1740.051  a      standby.ask                  standby
  1740.205  b      attach.tighten               primary
  1740.405  b      attach.propose               primary
  1740.408  b      attach.accept                primary
  1830.000  -      disk                         of a slow 0.3
  1860.000  -      disk                         of a works
  1950.000  -      kill                         host b
  1950.000  b      instance                     down
  1952.005  a      claim.silent                 standby -> claiming
  1952.303  a      claiming.cut                 claiming
  1952.309  a      claiming.accept              claiming
  1952.531  a      standby.named                claiming -> promoting
  1952.531  a      promoting.promote            promoting
  1952.888  a      instance                     promoted to timeline 7
  1952.890  a      promoting.done               promoting -> proving
  1952.890  a      proving.mark                 proving
  1952.895  a      proving.open                 proving -> opening
  1952.897  a      opening.done                 opening -> primary
  1980.000  -      boot                         b
  1980.000  -      start                        b
  1980.000  b      recalling.done               recalling -> asking
  1980.011  b      asking.round                 asking
  1980.219  b      asking.seek                  asking -> seeking
  1980.219  b      seeking.ask                  seeking
  1980.385  b      standby.take_chain           seeking
  1980.390  b      seeking.start                seeking -> standby-starting
  1980.471  b      instance                     up, standby
  1980.472  b      standby_starting.up          standby-starting -> standby
  1980.472  b      standby.open                 standby
  1980.605  a      attach.tighten               primary
  1980.719  b      standby.ask                  standby
  1980.805  a      attach.propose               primary
  1981.003  a      attach.accept                primary
  2070.000  -      stop                         a
  2070.000  a      stop.primary                 primary -> leaving
  2070.000  a      reply                        ... 0: server "b" takes over when this instance has stopped
  2070.042  a      instance                     down, clean
  2070.042  a      leaving.handover             leaving -> consenting
  2070.042  b      claim.consent                standby -> claiming
  2070.042  b      claiming.cut_early           claiming
  2070.046  b      claiming.accept              claiming
  2070.050  b      standby.named                claiming -> promoting
  2070.050  b      promoting.promote            promoting
  2070.050  a      consenting.succeeded_stop    consenting -> gone
  2070.110  b      instance                     promoted to timeline 8
  2070.112  b      promoting.done               promoting -> proving
  2070.112  b      proving.mark                 proving
  2070.117  b      proving.open                 proving -> opening
  2070.119  b      opening.done                 opening -> primary
  2070.709  a      reply                        0: agent of server "a" stopped
  2070.709  a      agent                        exits
  2100.000  -      start                        a
  2100.000  a      recalling.done               recalling -> asking
  2100.005  a      asking.round                 asking
  2100.722  a      asking.seek                  asking -> seeking
  2100.722  a      seeking.ask                  seeking
  2100.722  a      standby.take_chain           seeking
  2100.727  a      seeking.start                seeking -> standby-starting
  2100.799  a      instance                     up, standby
  2100.799  a      standby_starting.up          standby-starting -> standby
  2100.799  a      standby.open                 standby
  2101.005  b      attach.tighten               primary
  2101.205  b      attach.propose               primary
  2101.208  b      attach.accept                primary
  2190.000  -      freeze                       agent b
  2192.000  -      thaw                         b
  2192.000  b      lease.out                    primary -> cutting
  2192.001  b      instance                     down
  2192.030  b      cutting.proved               cutting -> fenced
  2192.030  b      cut.majority_back            fenced -> asking
  2192.030  b      asking.round                 asking
  2192.038  b      asking.start_primary         asking -> starting
  2192.143  b      instance                     up, primary, closed
  2192.144  b      starting.up                  starting -> proving
  2192.144  b      proving.names                proving
  2192.400  b      proving.open                 proving -> opening
  2192.402  b      gate                         open
  2192.402  b      opening.done                 opening -> primary
  2280.000  -      instance                     a receiver lags 0.5
  2310.000  -      instance                     a quiet
  2400.000  -      cut                          agents a b
  2401.805  a      claim.silent                 standby -> claiming
  2401.812  b      detach.lost                  primary
  2401.815  b      round.accept                 primary
  2401.819  b      names.follow_record          primary
  2401.998  a      claiming.failed              claiming -> standby
  2405.805  a      standby.missed               standby
  2430.000  -      heal                         
  2430.050  a      standby.ask                  standby
  2430.200  a      standby.follow               standby
  2430.405  b      attach.tighten               primary
  2430.550  a      standby.ask                  standby
  2430.600  b      attach.propose               primary
  2430.614  b      attach.accept                primary
  2520.000  -      kill                         instance b
  2520.000  b      primary.gone                 primary -> failing
  2520.003  b      instance                     down
  2520.030  b      failing.handover             failing -> consenting
  2520.030  a      claim.consent                standby -> claiming
  2520.030  a      claiming.cut_early           claiming
  2520.251  a      claiming.accept              claiming
  2520.551  a      standby.named                claiming -> promoting
  2520.551  a      promoting.promote            promoting
  2520.551  b      consenting.succeeded         consenting -> asking
  2520.551  b      asking.round                 asking
  2520.558  b      asking.seek                  asking -> seeking
  2520.784  a      instance                     promoted to timeline 9
  2520.786  a      promoting.done               promoting -> proving
  2520.786  a      proving.mark                 proving
  2520.786  b      seeking.ask                  seeking
  2521.168  a      proving.open                 proving -> opening
  2521.170  a      opening.done                 opening -> primary
  2521.286  b      standby.take_chain           seeking
  2521.291  b      seeking.start                seeking -> standby-starting
  2521.376  b      instance                     up, standby
  2521.377  b      standby_starting.up          standby-starting -> standby
  2521.377  b      standby.open                 standby
  2521.405  a      attach.tighten               primary
  2521.605  a      attach.propose               primary
  2521.786  b      standby.ask                  standby
  2521.842  a      attach.accept                primary
  2610.000  -      kill                         agent a
  2610.000  -      kill                         agent w
  2610.120  a      monitor                      makes a new agent
  2610.120  a      recalling.done               recalling -> asking
  2610.139  a      asking.round                 asking
  2610.567  a      asking.primary_runs          asking -> proving
  2610.567  a      proving.names                proving
  2610.725  a      proving.open                 proving -> opening
  2610.727  a      opening.done                 opening -> primary
  2700.000  -      disk                         of b full
  2730.000  -      disk                         of b works
  2820.000  -      kill                         host a
  2820.000  a      instance                     down
  2821.953  b      claim.silent                 standby -> claiming
  2821.956  b      claiming.cut                 claiming
  2821.962  b      claiming.accept              claiming
  2821.965  b      standby.named                claiming -> promoting
  2821.965  b      promoting.promote            promoting
  2822.040  b      instance                     promoted to timeline 10
  2822.041  b      promoting.done               promoting -> proving
  2822.041  b      proving.mark                 proving
  2822.046  b      proving.open                 proving -> opening
  2822.048  b      opening.done                 opening -> primary
  2850.000  -      boot                         a
  2850.000  -      start                        a
  2850.000  a      recalling.done               recalling -> asking
  2850.010  a      asking.round                 asking
  2851.102  a      asking.seek                  asking -> seeking
  2851.102  a      seeking.ask                  seeking
  2851.294  a      standby.take_chain           seeking
  2851.299  a      seeking.start                seeking -> standby-starting
  2851.403  a      instance                     up, standby
  2851.403  a      standby_starting.up          standby-starting -> standby
  2851.403  a      standby.open                 standby
  2851.602  a      standby.ask                  standby
  2851.605  b      attach.tighten               primary
  2851.800  b      attach.propose               primary
  2851.803  b      attach.accept                primary
  2940.000  -      freeze                       instance b
  2942.200  b      primary.sick                 primary -> failing
  2942.202  b      instance                     down
  2942.230  b      failing.handover             failing -> consenting
  2942.230  a      claim.consent                standby -> claiming
  2942.230  a      claiming.cut_early           claiming
  2942.429  a      claiming.accept              claiming
  2942.649  a      standby.named                claiming -> promoting
  2942.649  a      promoting.promote            promoting
  2942.649  b      consenting.succeeded         consenting -> asking
  2942.649  b      asking.round                 asking
  2942.656  b      asking.seek                  asking -> seeking
  2942.966  a      instance                     promoted to timeline 11
  2942.968  a      promoting.done               promoting -> proving
  2942.968  a      proving.mark                 proving
  2942.968  b      seeking.ask                  seeking
  2943.378  a      proving.open                 proving -> opening
  2943.380  a      opening.done                 opening -> primary
  2943.468  b      standby.take_chain           seeking
  2943.473  b      seeking.start                seeking -> standby-starting
  2943.565  b      instance                     up, standby
  2943.565  b      standby_starting.up          standby-starting -> standby
  2943.565  b      standby.open                 standby
  2943.605  a      attach.tighten               primary
  2943.805  a      attach.propose               primary
  2943.968  b      standby.ask                  standby
  2943.972  a      attach.accept                primary
  2970.000  -      thaw                         b
  3060.000  -      cut                          b
  3061.976  b      claim.silent                 standby -> claiming
  3062.005  a      detach.lost                  primary
  3062.212  a      round.accept                 primary
  3062.385  a      names.follow_record          primary
  3062.976  b      claiming.failed              claiming -> standby
  3090.000  -      heal                         
  3090.050  b      claim.silent                 standby -> claiming
  3090.052  b      claiming.failed              claiming -> standby
  3090.052  b      standby.ask                  standby
  3090.205  a      attach.tighten               primary
  3090.405  a      attach.propose               primary
  3090.654  a      attach.accept                primary
  3180.000  -      duplicate                    300
  3240.000  -      duplicate                    0
  3330.000  -      kill                         instance a
  3330.000  a      primary.gone                 primary -> failing
  3330.001  a      instance                     down
  3330.005  a      failing.handover             failing -> consenting
  3330.005  b      claim.consent                standby -> claiming
  3330.005  b      claiming.cut_early           claiming
  3330.008  b      claiming.accept              claiming
  3330.012  b      standby.named                claiming -> promoting
  3330.012  b      promoting.promote            promoting
  3330.012  a      consenting.succeeded         consenting -> asking
  3330.012  a      asking.round                 asking
  3330.065  b      instance                     promoted to timeline 12
  3330.067  b      promoting.done               promoting -> proving
  3330.067  b      proving.mark                 proving
  3330.072  b      proving.open                 proving -> opening
  3330.074  b      opening.done                 opening -> primary
  3330.987  a      asking.seek                  asking -> seeking
  3330.987  a      seeking.ask                  seeking
  3330.988  a      standby.take_chain           seeking
  3330.993  a      seeking.start                seeking -> standby-starting
  3331.085  a      instance                     up, standby
  3331.085  a      standby_starting.up          standby-starting -> standby
  3331.085  a      standby.open                 standby
  3331.205  b      attach.tighten               primary
  3331.400  b      attach.propose               primary
  3331.403  b      attach.accept                primary
  3420.000  -      kill                         agent b
  3420.120  b      monitor                      makes a new agent
  3420.120  b      recalling.done               recalling -> asking
  3420.125  b      asking.round                 asking
  3420.402  b      asking.primary_runs          asking -> proving
  3420.402  b      proving.names                proving
  3420.525  b      proving.open                 proving -> opening
  3420.527  b      opening.done                 opening -> primary
  3480.000  -      kill                         instance b
  3480.000  b      primary.gone                 primary -> failing
  3480.001  b      instance                     down
  3480.030  b      failing.handover             failing -> consenting
  3480.030  a      claim.consent                standby -> claiming
  3480.030  a      claiming.cut_early           claiming
  3480.233  a      claiming.accept              claiming
  3480.443  a      standby.named                claiming -> promoting
  3480.443  a      promoting.promote            promoting
  3480.443  b      consenting.succeeded         consenting -> asking
  3480.443  b      asking.round                 asking
  3480.451  b      asking.seek                  asking -> seeking
  3480.759  a      instance                     promoted to timeline 13
  3480.760  a      promoting.done               promoting -> proving
  3480.760  a      proving.mark                 proving
  3480.760  b      seeking.ask                  seeking
  3481.163  a      proving.open                 proving -> opening
  3481.165  a      opening.done                 opening -> primary
  3481.260  b      standby.take_chain           seeking
  3481.265  b      seeking.start                seeking -> standby-starting
  3481.358  b      instance                     up, standby
  3481.359  b      standby_starting.up          standby-starting -> standby
  3481.359  b      standby.open                 standby
  3481.525  a      attach.tighten               primary
  3481.605  a      attach.propose               primary
  3481.760  b      standby.ask                  standby
  3481.840  a      attach.accept                primary
