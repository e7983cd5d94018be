# The backup is older than the last change of primary, so that the recovery knows of the timeline that it has followed only where
# it begins. The standby that was eligible tells whose it is: it has no other WAL than that, and follows as it is.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory b
at 1.0 kill instance a
at 6.0 load off
at 7.0 kill host a
at 7.0 kill host b
at 9.0 boot a
at 9.0 boot b
at 10.0 restore directory b
at 10.5 start a
at 12.0 start b -f
lasts 22
must primary b at 15
must switchable at 15
never lost
never two acknowledging
expect
    0.200  -      load                         on
    0.500  -      copy                         directory b
    1.000  -      kill                         instance a
    1.000  a      primary.gone                 primary -> failing
    1.001  a      instance                     down
    1.030  a      failing.handover             failing -> consenting
    1.030  b      claim.consent                standby -> claiming
    1.030  b      claiming.cut_early           claiming
    1.034  b      claiming.accept              claiming
    1.037  b      standby.named                claiming -> promoting
    1.037  b      promoting.promote            promoting
    1.037  a      consenting.succeeded         consenting -> asking
    1.037  a      asking.round                 asking
    1.045  a      asking.seek                  asking -> seeking
    1.091  b      instance                     promoted to timeline 2
    1.092  b      promoting.done               promoting -> proving
    1.092  b      proving.mark                 proving
    1.092  a      seeking.ask                  seeking
    1.097  b      proving.open                 proving -> opening
    1.099  b      opening.done                 opening -> primary
    1.592  a      standby.take_chain           seeking
    1.597  a      seeking.start                seeking -> standby-starting
    1.687  a      instance                     up, standby
    1.687  a      standby_starting.up          standby-starting -> standby
    1.687  a      standby.open                 standby
    1.855  b      attach.tighten               primary
    2.055  b      attach.propose               primary
    2.058  b      attach.accept                primary
    6.000  -      load                         off
    7.000  -      kill                         host a
    7.000  a      instance                     down
    7.000  -      kill                         host b
    7.000  b      instance                     down
    9.000  -      boot                         a
    9.000  -      boot                         b
   10.000  -      restore                      directory b
   10.500  -      start                        a
   10.500  a      recalling.done               recalling -> asking
   10.521  a      asking.round                 asking
   10.529  a      asking.start_standby         asking -> standby-starting
   10.624  a      instance                     up, standby
   10.624  a      standby_starting.up          standby-starting -> standby
   10.624  a      standby.open                 standby
   12.000  -      start                        b -f
   12.000  b      recalling.done               recalling -> asking
   12.003  b      asking.round                 asking
   12.005  a      standby.follow               standby
   12.407  b      restored.propose             asking
   12.410  b      round.accept                 asking
   12.414  b      restored.identity            asking
   12.420  b      asking.start_primary         asking -> starting
   12.494  b      instance                     up, primary, closed
   12.494  b      starting.up                  starting -> proving
   12.494  b      proving.open                 proving -> opening
   12.496  b      gate                         open
   12.496  b      opening.done                 opening -> primary
   12.496  a      standby.ask                  standby
   12.497  a      standby.take_chain           standby
   12.502  a      standby.follow               standby
   12.705  b      attach.tighten               primary
   12.805  b      attach.propose               primary
   12.807  b      attach.accept                primary
