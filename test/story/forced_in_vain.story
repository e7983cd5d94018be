# The primary is heard again while an operator forces the standby, and the arbiter's disk is slow. The primary answers, so
# there is nothing to be forced any more: the promise that comes later is not used, and the standby follows.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 cut b
at 4.0 cut a
at 4.5 heal b w
at 8.98 disk of w slow 0.8
at 9.0 force b
at 9.2 heal
at 12.0 disk of w works
lasts 25
must forcing.left on b
must forcing.round_left on b
must primary a at 24
must switchable at 24
never promoted b
never lost
never two acknowledging
expect
    0.200  -      load                         on
    1.000  -      cut                          b
    2.862  b      claim.silent                 standby -> claiming
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    3.862  b      claiming.failed              claiming -> standby
    4.000  -      cut                          a
    4.500  -      heal                         b w
    4.550  b      claim.silent                 standby -> claiming
    4.552  b      claiming.failed              claiming -> standby
    6.950  b      standby.missed               standby
    8.980  -      disk                         of w slow 0.8
    9.000  -      force                        b
    9.000  b      force.begin                  standby -> forcing
    9.000  b      forcing.cut                  forcing
    9.000  b      reply                        ... 0: server "b" has WAL up to 0/30059D8; whether anything was acknowledged after that, nobody who is heard can tell
    9.002  b      forcing.propose              forcing
    9.200  -      heal                         
    9.250  b      forcing.left                 forcing -> asking
    9.250  b      reply                        1: refused "switch --force": the primary of the record answers: mc_ctl switch, or mc_ctl stop there first
    9.643  b      forcing.round_left           asking
    9.747  b      asking.round                 asking
    9.754  b      asking.standby_runs          asking -> standby
    9.754  b      standby.ask                  standby
    9.755  b      standby.follow               standby
    9.855  a      attach.tighten               primary
   10.055  a      attach.propose               primary
   10.059  a      attach.accept                primary
   12.000  -      disk                         of w works
