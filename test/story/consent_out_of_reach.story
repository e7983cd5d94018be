# The standby was down when the primary was asked to stop, and is back before the end: it could not stream from an instance that
# was stopping, and lacks what that has written since, which nobody was told of. The former primary consents with an end of WAL
# that the standby cannot reach, and its host dies: then the standby takes over like from anybody who is silent (P3).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 2.0 kill host b
at 2.5 stop a
at 2.8 boot b
at 2.8 start b
at 6.5 kill host a
lasts 25
must leaving.handover on a
must claiming.behind on b
must claim.silent on b
must primary b at 24
never two acknowledging
never lost
expect
    2.000  -      kill                         host b
    2.000  b      instance                     down
    2.500  -      stop                         a
    2.500  a      stop.primary                 primary -> leaving
    2.500  a      reply                        ... 0: server "b" takes over when this instance has stopped
    2.800  -      boot                         b
    2.800  -      start                        b
    2.800  b      recalling.done               recalling -> asking
    2.810  b      asking.round                 asking
    2.817  b      asking.start_standby         asking -> standby-starting
    2.888  b      instance                     up, standby
    2.890  b      standby_starting.up          standby-starting -> standby
    2.890  b      standby.open                 standby
    5.380  a      instance                     down, clean
    5.380  a      leaving.handover             leaving -> consenting
    5.380  b      claim.consent                standby -> claiming
    5.380  b      claiming.cut_early           claiming
    6.500  -      kill                         host a
    9.383  b      claiming.behind              claiming -> standby
    9.383  b      standby.follow               standby
    9.883  b      claim.silent                 standby -> claiming
    9.886  b      claiming.cut                 claiming
    9.888  b      claiming.accept              claiming
    9.892  b      standby.named                claiming -> promoting
    9.892  b      promoting.promote            promoting
    9.945  b      instance                     promoted to timeline 2
    9.945  b      promoting.done               promoting -> proving
    9.945  b      proving.mark                 proving
    9.950  b      proving.open                 proving -> opening
    9.952  b      opening.done                 opening -> primary
