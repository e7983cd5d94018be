# stop --mc-only: the agent goes, the instance stays.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 stop a --mc-only
at 4.0 start a --mc-only
lasts 8
must stop.agent on a
must primary a at 3
must primary a at 8
must automatic on at 8
must outage below 0.3
expect
    1.000  -      stop                         a --mc-only
    1.000  a      stop.agent                   primary -> gone
    1.000  a      reply                        0: agent of server "a" stopped
    1.000  a      agent                        exits
    4.000  -      start                        a --mc-only
    4.000  a      recalling.done               recalling -> asking
    4.005  a      asking.known_solo            asking
    4.005  a      asking.primary_runs          asking -> proving
    4.005  a      proving.names                proving
    4.008  a      proving.open                 proving -> opening
    4.010  a      opening.done                 opening -> primary
