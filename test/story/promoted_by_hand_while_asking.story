# Somebody promotes a standby by hand just after it has asked the new primary whether it may follow: the timeline that it begins bears
# the same number as the one that it is told of. Its chain takes that for the primary's, until its agent sees that the instance was promoted;
# then the chain forgets it, and what it has is unknown to everybody (D1).
servers a b c
arbiters w
primary a
automatic on
eligible 1
begins switchable
at 0.1 load on
at 5.0 kill instance a
at 5.4 instance c promoted by hand
at 7.0 kill host a
at 12.0 kill host b
lasts 20
must strange.forget on c by 6
must seeking.refused on c by 10
never two acknowledging
never lost
expect
    0.068  c      standby.ask                  standby
    0.100  -      load                         on
    5.000  -      kill                         instance a
    5.000  a      primary.gone                 primary -> failing
    5.000  a      instance                     down
    5.030  a      failing.handover             failing -> consenting
    5.030  b      claim.consent                standby -> claiming
    5.030  b      claiming.cut_early           claiming
    5.034  b      claiming.accept              claiming
    5.037  b      standby.named                claiming -> promoting
    5.037  b      promoting.promote            promoting
    5.037  a      consenting.succeeded         consenting -> asking
    5.037  a      asking.round                 asking
    5.045  a      asking.seek                  asking -> seeking
    5.093  b      instance                     promoted to timeline 2
    5.094  b      promoting.done               promoting -> proving
    5.094  b      proving.mark                 proving
    5.095  a      seeking.ask                  seeking
    5.099  b      proving.open                 proving -> opening
    5.101  b      opening.done                 opening -> primary
    5.400  -      instance                     c promoted by hand
    5.479  c      instance                     promoted by hand to timeline 2
    5.595  c      standby.ask                  standby
    5.595  c      standby.take_chain           standby
    5.595  a      standby.take_chain           seeking
    5.600  c      standby.promoted_by_others   standby -> deposing
    5.600  a      seeking.start                seeking -> standby-starting
    5.603  c      instance                     down
    5.630  c      deposing.proved              deposing -> asking
    5.630  c      asking.round                 asking
    5.630  c      strange.forget               asking
    5.637  c      asking.seek                  asking -> seeking
    5.676  a      instance                     up, standby
    5.678  a      standby_starting.up          standby-starting -> standby
    5.678  a      standby.open                 standby
    5.855  b      attach.tighten               primary
    6.055  b      attach.propose               primary
    6.058  b      attach.accept                primary
    6.095  c      seeking.ask                  seeking
    7.000  -      kill                         host a
    7.000  a      instance                     down
    9.055  b      detach.lost                  primary
    9.058  b      round.accept                 primary
    9.062  b      names.follow_record          primary
    9.095  c      seeking.refused              seeking -> staying-down
   12.000  -      kill                         host b
   12.000  b      instance                     down
