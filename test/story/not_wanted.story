# start --mc-only starts the agent and not the instance.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 stop a
at 3.0 start a --mc-only
at 6.0 start a
lasts 10
must asking.not_wanted on a by 3.5
must idle.wanted on a after 6
must primary a at 9
expect
    1.000  -      stop                         a
    1.000  a      stop.primary                 primary -> leaving
    1.040  a      instance                     down, clean
    1.040  a      leaving.done                 leaving -> gone
    1.040  a      reply                        0: agent of server "a" stopped
    1.040  a      agent                        exits
    3.000  -      start                        a --mc-only
    3.000  a      recalling.done               recalling -> asking
    3.005  a      asking.known_solo            asking
    3.005  a      asking.not_wanted            asking -> idle
    6.000  -      start                        a
    6.000  a      idle.wanted                  idle -> asking
    6.000  a      asking.known_solo            asking
    6.001  a      reply                        0: the agent of server "a" has taken the command
    6.005  a      asking.start_primary         asking -> starting
    6.097  a      instance                     up, primary, closed
    6.099  a      starting.up                  starting -> proving
    6.099  a      proving.open                 proving -> opening
    6.101  a      gate                         open
    6.101  a      opening.done                 opening -> primary
    6.101  a      setting.change               primary
    6.104  a      round.accept                 primary
