# The agent of a primary is replaced and its state file is damaged: an instance that serves without a memory behind it
# is stopped first.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill agent a
at 1.05 damage memory of a
lasts 14
must recalling.instance_runs on a by 1.4
must switchable at 14
must cut.memory_lost on a
must recalling.done on a by 2
never two acknowledging
never lost
expect
    1.000  -      kill                         agent a
    1.050  -      damage                       memory of a
    1.120  a      monitor                      makes a new agent
    1.125  a      recalling.instance_runs      recalling -> cutting
    1.126  a      instance                     down
    1.155  a      cutting.proved               cutting -> fenced
    1.155  a      cut.memory_lost              fenced -> recalling
    1.422  a      recalling.done               recalling -> asking
    1.422  a      asking.round                 asking
    1.655  a      asking.start_primary         asking -> starting
    1.723  a      instance                     up, primary, closed
    1.725  a      starting.up                  starting -> proving
    1.725  a      proving.names                proving
    1.925  a      proving.open                 proving -> opening
    1.927  a      gate                         open
    1.927  a      opening.done                 opening -> primary
