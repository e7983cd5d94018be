# An eligible standby cannot be started any more; automatic is off, so it stays eligible and says so.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 instance b cannot start
at 1.1 kill instance b
lasts 14
must standby_starting.failed on b
must asking.standby_cannot_start on b
must primary a at 13
expect
    1.000  -      instance                     b cannot start
    1.100  -      kill                         instance b
    1.100  b      standby.gone                 standby -> deposing
    1.100  a      detach.report                primary
    1.103  b      instance                     down
    1.130  b      deposing.proved              deposing -> asking
    1.130  b      asking.round                 asking
    1.136  b      asking.start_standby         asking -> standby-starting
    1.146  b      standby_starting.failed      standby-starting -> deposing
    1.146  b      deposing.proved              deposing -> asking
    1.146  b      asking.round                 asking
    1.446  b      asking.start_standby         asking -> standby-starting
    1.456  b      standby_starting.failed      standby-starting -> deposing
    1.456  b      deposing.proved              deposing -> asking
    1.456  b      asking.round                 asking
    1.756  b      asking.start_standby         asking -> standby-starting
    1.766  b      standby_starting.failed      standby-starting -> deposing
    1.766  b      deposing.proved              deposing -> asking
    1.766  b      asking.round                 asking
    2.066  b      asking.standby_cannot_start  asking -> staying-down
