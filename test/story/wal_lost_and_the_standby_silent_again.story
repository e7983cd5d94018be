# The primary has lost WAL, and judges so when its standby is heard; it hands over. The standby is lost before it comes, and the one that is behind does not forget it: what the other one has was
# acknowledged (P1).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.1 load on
at 2.0 kill host a
at 2.0 kill host b
at 2.1 lose wal of a 40
at 2.2 instance b start lags 6
at 3.0 boot a
at 3.0 boot b
at 3.0 start a -f
at 3.0 start b -f
at 5.0 kill host b
at 25.0 boot b
at 25.0 start b
lasts 40
must asking.ahead_handover on a by 5
must primary b at 39
never lost
expect
    0.100  -      load                         on
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host b
    2.000  b      instance                     down
    2.100  -      lose                         wal of a 40
    2.200  -      instance                     b start lags 6
    3.000  -      boot                         a
    3.000  -      boot                         b
    3.000  -      start                        a -f
    3.000  -      start                        b -f
    3.000  a      recalling.done               recalling -> asking
    3.000  b      recalling.done               recalling -> asking
    3.004  a      asking.round                 asking
    3.011  b      asking.round                 asking
    3.019  b      asking.start_standby         asking -> standby-starting
    3.405  a      asking.ahead_handover        asking -> consenting
    5.000  -      kill                         host b
    5.000  b      instance                     down
   25.000  -      boot                         b
   25.000  -      start                        b
   25.000  b      recalling.done               recalling -> asking
   25.004  b      asking.round                 asking
   25.010  b      asking.start_standby         asking -> standby-starting
   31.113  b      instance                     up, standby
   31.113  b      standby_starting.up          standby-starting -> standby
   31.113  b      claim.consent                standby -> claiming
   31.113  b      claiming.cut_early           claiming
   31.116  b      claiming.accept              claiming
   31.120  b      standby.named                claiming -> promoting
   31.120  b      promoting.promote            promoting
   31.120  a      consenting.succeeded         consenting -> asking
   31.120  a      asking.round                 asking
   31.127  a      asking.seek                  asking -> seeking
   31.178  b      instance                     promoted to timeline 2
   31.179  b      promoting.done               promoting -> proving
   31.179  b      proving.mark                 proving
   31.184  b      proving.open                 proving -> opening
   31.186  b      gate                         open
   31.186  b      opening.done                 opening -> primary
   31.186  a      seeking.ask                  seeking
   31.188  a      standby.take_chain           seeking
   31.193  a      seeking.start                seeking -> standby-starting
   31.268  a      instance                     up, standby
   31.269  a      standby_starting.up          standby-starting -> standby
   31.269  a      standby.open                 standby
   31.405  b      attach.tighten               primary
   31.605  b      attach.propose               primary
   31.608  b      attach.accept                primary
