# The standby cannot be reached, and before it is detached the arbiter, whose grants alone hold the lease then, is killed and is back at
# once. What it granted stands, for a voter that has just started votes nobody in for so long (P5): the primary serves on.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 load on
at 3.0 cut a b
at 4.60 kill agent w
lasts 10
must primary a at 5
must detach.lost on a by 6
never lease.out on a
never lost
expect
    1.000  -      load                         on
    3.000  -      cut                          a b
    4.600  -      kill                         agent w
    4.720  w      monitor                      makes a new agent
    4.953  b      claim.silent                 standby -> claiming
    4.954  b      claiming.failed              claiming -> standby
    4.955  a      detach.lost                  primary
    4.958  a      round.accept                 primary
    4.961  a      names.follow_record          primary
    8.961  b      standby.missed               standby
