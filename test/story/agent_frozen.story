# Only the agent is frozen: it is silent, the arbiter hears nobody: a takeover. The instance still waits for b.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 freeze agent a
at 9.0 thaw a
lasts 18
must primary b at 5
must switchable at 18
never two acknowledging
never lost
