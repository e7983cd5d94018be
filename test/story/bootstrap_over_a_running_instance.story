# Somebody has started the instance by hand before the cluster begins: it is stopped and started closed.
servers a b
arbiters w
primary a
automatic on
begins empty
at 1.0 start a --mc-only
at 1.0 start b --mc-only
at 1.0 start w
at 3.0 instance a runs
at 4.0 start a -f
lasts 8
must bootstrap.stop_stranger on a
must primary a at 6
expect
    1.000  -      start                        a --mc-only
    1.000  -      start                        b --mc-only
    1.000  -      start                        w
    1.304  b      recalling.done               recalling -> asking
    1.304  b      asking.round                 asking
    1.304  a      recalling.done               recalling -> asking
    1.304  a      asking.round                 asking
    3.000  -      instance                     a runs
    3.100  a      instance                     up, primary, closed
    3.533  a      asking.round                 asking
    4.000  -      start                        a -f
    4.000  a      bootstrap.stop_stranger      asking
    4.001  a      reply                        0: the agent of server "a" has taken the command
    4.037  a      asking.round                 asking
    4.041  a      instance                     down, clean
    4.041  a      bootstrap.name_directory     asking
    4.046  a      bootstrap.propose            asking
    4.049  a      round.accept                 asking
    4.053  a      asking.start_primary         asking -> starting
    4.160  a      instance                     up, primary, closed
    4.161  a      starting.up                  starting -> proving
    4.161  a      proving.mark                 proving
    4.166  a      proving.open                 proving -> opening
    4.168  a      gate                         open
    4.168  a      opening.done                 opening -> primary
    4.333  b      asking.not_wanted            asking -> idle
