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
    1.004  a      instance                     down
    1.030  a      failing.handover             failing -> consenting
    1.030  b      claim.consent                standby -> claiming
    1.030  b      claiming.cut_early           claiming
    1.034  b      claiming.accept              claiming
    1.038  b      standby.named                claiming -> promoting
    1.038  b      promoting.promote            promoting
    1.038  a      consenting.succeeded         consenting -> asking
    1.038  a      asking.round                 asking
    1.045  a      asking.seek                  asking -> seeking
    1.116  b      instance                     promoted to timeline 3
    1.117  b      promoting.done               promoting -> proving
    1.117  b      proving.timeline             proving
    1.120  b      round.accept                 proving
    1.124  b      proving.mark                 proving
    1.131  b      proving.open                 proving -> opening
    1.133  b      opening.done                 opening -> primary
    1.133  a      seeking.ask                  seeking
    1.134  a      standby.take_chain           seeking
    1.139  a      seeking.start                seeking -> standby-starting
    1.213  a      instance                     up, standby
    1.215  a      standby_starting.up          standby-starting -> standby
    1.215  a      standby.open                 standby
    1.255  b      attach.tighten               primary
    1.455  b      attach.propose               primary
    1.458  b      attach.accept                primary
