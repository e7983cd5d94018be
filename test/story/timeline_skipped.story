# The promotion takes another number of timeline than was foreseen: the record is mended before anything opens.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 instance b skips timeline
at 1.0 kill instance a
lasts 10
must proving.timeline on b
must primary b at 4
must switchable at 10
never lost
expect
    0.500  -      instance                     b skips timeline
    1.000  -      kill                         instance a
    1.000  a      primary.gone                 primary -> failing
    1.001  a      instance                     down
    1.030  a      failing.handover             failing -> consenting
    1.030  b      claim.consent                standby -> claiming
    1.030  b      claiming.cut_early           claiming
    1.033  b      claiming.accept              claiming
    1.037  b      standby.named                claiming -> promoting
    1.037  b      promoting.promote            promoting
    1.037  a      consenting.succeeded         consenting -> asking
    1.037  a      asking.round                 asking
    1.044  a      asking.seek                  asking -> seeking
    1.110  b      instance                     promoted to timeline 3
    1.110  b      promoting.done               promoting -> proving
    1.110  b      proving.mark_fork            proving
    1.111  a      seeking.ask                  seeking
    1.115  b      proving.timeline             proving
    1.119  b      round.accept                 proving
    1.122  b      proving.mark                 proving
    1.129  b      proving.open                 proving -> opening
    1.131  b      opening.done                 opening -> primary
    1.611  a      standby.take_chain           seeking
    1.616  a      seeking.start                seeking -> standby-starting
    1.711  a      instance                     up, standby
    1.712  a      standby_starting.up          standby-starting -> standby
    1.712  a      standby.open                 standby
    1.855  b      attach.tighten               primary
    2.055  b      attach.propose               primary
    2.059  b      attach.accept                primary
