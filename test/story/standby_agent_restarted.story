# A standby's agent that comes back is no reason to detach a standby whose instance streams on.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.9 disk of b slow 0.3
at 1.0 kill agent b
lasts 10
must standby.open on b after 1.5
never detach.lost
never lost
expect
    0.900  -      disk                         of b slow 0.3
    1.000  -      kill                         agent b
    1.120  b      monitor                      makes a new agent
    1.120  b      recalling.done               recalling -> asking
    1.150  b      asking.round                 asking
    1.643  b      asking.standby_runs          asking -> standby
    1.643  b      standby.follow               standby
    1.645  b      standby.open                 standby
