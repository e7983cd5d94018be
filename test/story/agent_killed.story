# The agent dies and the monitor makes a new one: nothing changes.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill agent a
at 3.0 kill agent b
at 5.0 kill agent w
lasts 10
must primary a at 10
must switchable at 10
must outage below 0.5
never promoted b
expect
    1.000  -      kill                         agent a
    1.120  a      monitor                      makes a new agent
    1.120  a      recalling.done               recalling -> asking
    1.150  a      asking.round                 asking
    1.157  a      asking.primary_runs          asking -> proving
    1.157  a      proving.names                proving
    1.325  a      proving.open                 proving -> opening
    1.327  a      opening.done                 opening -> primary
    3.000  -      kill                         agent b
    3.120  b      monitor                      makes a new agent
    3.120  b      recalling.done               recalling -> asking
    3.128  b      asking.round                 asking
    3.135  b      asking.standby_runs          asking -> standby
    3.135  b      standby.follow               standby
    3.137  b      standby.open                 standby
    5.000  -      kill                         agent w
    5.120  w      monitor                      makes a new agent
