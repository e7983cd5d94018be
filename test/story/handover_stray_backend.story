# A backend in a CALL goes on committing after its postmaster is dead: consent only when it is gone (P7, P4).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 instance a calls
at 1.0 load off
at 1.0 kill instance a
lasts 10
must failing.handover on a by 2
must primary b at 2
never lost
