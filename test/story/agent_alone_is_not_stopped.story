# To end the agent of a primary alone is refused while its standby would take over for it.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 stop a --mc-only
lasts 10
must switchable at 9
never promoted b
never lost
expect
    1.000  -      stop                         a --mc-only
    1.000  a      reply                        3: refused "stop --mc-only": automatic switch is on, the standby would take over; -a stops it, too
