# Two of five messages between agents are lost for a minute. Now and then so many are lost in a row that the primary's lease
# runs out: it stops serving, logs it, and asks a majority before it opens again. That takes half a second or some seconds, as
# many questions as are lost; the standby hears the primary meanwhile, so nobody takes its place.
servers a b
arbiters w
primary a
automatic on
begins switchable
seed 51
at 2.0 lose 400
at 62.0 lose 0
lasts 80
must lease.out on a after 2 by 10
must primary a at 10
must lease.out on a after 40 by 50
must nobody at 45
must primary a at 61
must switchable at 80
must outage below 8
never promoted a
never promoted b
never detach.lost
never lost
never two acknowledging
expect
    2.000  -      lose                         400
    3.861  a      lease.out                    primary -> cutting
    3.864  a      instance                     down
    3.891  a      cutting.proved               cutting -> fenced
    3.891  a      cut.majority_back            fenced -> asking
    3.891  a      asking.round                 asking
    3.898  a      asking.start_primary         asking -> starting
    4.004  a      instance                     up, primary, closed
    4.006  a      starting.up                  starting -> proving
    4.006  a      proving.names                proving
    4.255  a      proving.open                 proving -> opening
    4.257  a      gate                         open
    4.257  a      opening.done                 opening -> primary
   26.857  a      lease.out                    primary -> cutting
   26.857  a      instance                     down
   26.887  a      cutting.proved               cutting -> fenced
   26.887  a      cut.majority_back            fenced -> asking
   26.887  a      asking.round                 asking
   27.903  a      asking.start_primary         asking -> starting
   27.969  a      instance                     up, primary, closed
   27.969  a      starting.up                  starting -> proving
   27.969  a      proving.names                proving
   28.255  a      proving.open                 proving -> opening
   28.257  a      gate                         open
   28.257  a      opening.done                 opening -> primary
   42.657  a      lease.out                    primary -> cutting
   42.660  a      instance                     down
   42.687  a      cutting.proved               cutting -> fenced
   42.687  a      cut.majority_back            fenced -> asking
   42.687  a      asking.round                 asking
   49.748  a      asking.start_primary         asking -> starting
   49.810  a      instance                     up, primary, closed
   49.810  a      starting.up                  starting -> proving
   49.810  a      proving.names                proving
   50.055  a      proving.open                 proving -> opening
   50.057  a      gate                         open
   50.057  a      opening.done                 opening -> primary
   62.000  -      lose                         0
