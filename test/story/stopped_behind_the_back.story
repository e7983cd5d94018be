# An instance ends and nobody asked its agent: a standby is started again and attached, a protected primary is
# replaced and comes back as standby, a primary alone is started again in its place.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill instance b
at 12.0 kill instance a
at 30.0 kill host a for good
at 40.0 kill instance b
lasts 60
must standby.gone on b by 2
must switchable at 11
must failing.handover on a after 12 by 13
must primary b at 15
must switchable at 29
must failing.restart on b after 40 by 41
must solo at 60
must outage below 4
never lost
never two acknowledging
expect
    1.000  -      kill                         instance b
    1.000  b      standby.gone                 standby -> deposing
    1.000  a      detach.lost                  primary
    1.001  b      instance                     down
    1.004  a      round.accept                 primary
    1.008  a      names.follow_record          primary
    1.030  b      deposing.proved              deposing -> asking
    1.030  b      asking.round                 asking
    1.036  b      asking.seek                  asking -> seeking
    1.036  b      seeking.ask                  seeking
    1.037  b      seeking.start                seeking -> standby-starting
    1.104  b      instance                     up, standby
    1.105  b      standby_starting.up          standby-starting -> standby
    1.105  b      standby.open                 standby
    1.255  a      attach.tighten               primary
    1.455  a      attach.propose               primary
    1.459  a      attach.accept                primary
   12.000  -      kill                         instance a
   12.000  a      primary.gone                 primary -> failing
   12.001  a      instance                     down
   12.030  a      failing.handover             failing -> consenting
   12.030  b      claim.consent                standby -> claiming
   12.030  b      claiming.cut_early           claiming
   12.034  b      claiming.accept              claiming
   12.037  b      standby.named                claiming -> promoting
   12.037  b      promoting.promote            promoting
   12.037  a      consenting.succeeded         consenting -> asking
   12.037  a      asking.round                 asking
   12.044  a      asking.seek                  asking -> seeking
   12.095  b      instance                     promoted to timeline 2
   12.096  b      promoting.done               promoting -> proving
   12.096  b      proving.mark                 proving
   12.097  a      seeking.ask                  seeking
   12.101  b      proving.open                 proving -> opening
   12.103  b      opening.done                 opening -> primary
   12.597  a      standby.take_chain           seeking
   12.602  a      seeking.start                seeking -> standby-starting
   12.704  a      instance                     up, standby
   12.706  a      standby_starting.up          standby-starting -> standby
   12.706  a      standby.open                 standby
   12.855  b      attach.tighten               primary
   13.055  b      attach.propose               primary
   13.058  b      attach.accept                primary
   30.000  -      kill                         host a for good
   30.000  a      instance                     down
   32.055  b      detach.lost                  primary
   32.058  b      round.accept                 primary
   32.062  b      names.follow_record          primary
   40.000  -      kill                         instance b
   40.000  b      primary.gone                 primary -> failing
   40.000  b      instance                     down
   40.030  b      failing.restart              failing -> asking
   40.030  b      asking.known_solo            asking
   40.030  b      asking.start_primary         asking -> starting
   40.101  b      instance                     up, primary, closed
   40.102  b      starting.up                  starting -> proving
   40.102  b      proving.open                 proving -> opening
   40.104  b      gate                         open
   40.104  b      opening.done                 opening -> primary
