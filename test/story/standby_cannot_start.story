# An eligible standby cannot be started any more; automatic is off, so it stays eligible and says so. It is given up for good, until an operator
# starts it.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 instance b cannot start
at 1.1 kill instance b
at 8.0 instance b can start
at 75.0 start b
lasts 80
must standby_starting.failed on b
must asking.standby_cannot_start on b
must down b at 74
must switchable at 79
expect
    1.000  -      instance                     b cannot start
    1.100  -      kill                         instance b
    1.100  b      standby.gone                 standby -> deposing
    1.100  a      detach.report                primary
    1.101  b      instance                     down
    1.130  b      deposing.proved              deposing -> asking
    1.130  b      asking.round                 asking
    1.138  b      asking.start_standby         asking -> standby-starting
    1.148  b      standby_starting.failed      standby-starting -> deposing
    1.148  b      deposing.proved              deposing -> asking
    1.148  b      asking.round                 asking
    1.448  b      asking.start_standby         asking -> standby-starting
    1.458  b      standby_starting.failed      standby-starting -> deposing
    1.458  b      deposing.proved              deposing -> asking
    1.458  b      asking.round                 asking
    1.758  b      asking.start_standby         asking -> standby-starting
    1.768  b      standby_starting.failed      standby-starting -> deposing
    1.768  b      deposing.proved              deposing -> asking
    1.768  b      asking.round                 asking
    2.068  b      asking.standby_cannot_start  asking -> staying-down
    8.000  -      instance                     b can start
   75.000  -      start                        b
   75.000  b      asking.round                 asking
   75.001  b      reply                        0: the agent of server "b" has taken the command
   75.009  b      asking.start_standby         asking -> standby-starting
   75.089  b      instance                     up, standby
   75.089  b      standby_starting.up          standby-starting -> standby
   75.089  b      standby.open                 standby
