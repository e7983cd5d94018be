# The standby reported how far it had replayed; then its disk loses the end, and its primary is lost. It is behind its
# own word and is refused (P3).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 2.0 kill instance b
at 2.0 kill host a
at 2.02 lose wal of b 300
lasts 20
must nobody at 19
must claiming.behind on b
must standby.follow on b after 7
never promoted b
never lost
expect
    2.000  -      kill                         instance b
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  b      standby.gone                 standby -> deposing
    2.002  b      instance                     down
    2.020  -      lose                         wal of b 300
    2.030  b      deposing.proved              deposing -> asking
    2.030  b      asking.round                 asking
    2.036  b      asking.start_standby         asking -> standby-starting
    2.143  b      instance                     up, standby
    2.144  b      standby_starting.up          standby-starting -> standby
    2.144  b      standby.open                 standby
    3.862  b      claim.silent                 standby -> claiming
    3.865  b      claiming.cut                 claiming
    7.867  b      claiming.behind              claiming -> standby
    7.867  b      standby.follow               standby
    8.367  b      claim.silent                 standby -> claiming
    8.369  b      claiming.cut                 claiming
   12.371  b      claiming.behind              claiming -> standby
   12.371  b      standby.follow               standby
   12.871  b      claim.silent                 standby -> claiming
   12.874  b      claiming.cut                 claiming
   16.876  b      claiming.behind              claiming -> standby
   16.876  b      standby.follow               standby
   17.762  b      claim.silent                 standby -> claiming
   17.765  b      claiming.cut                 claiming
