# A backend in a CALL goes on committing after its postmaster is dead: consent only when it is gone (P7, P4).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 instance a calls
at 1.0 load off
at 1.0 kill instance a
lasts 10
must failing.handover on a by 2
must primary b at 2
never lost
expect
    0.500  -      instance                     a calls
    1.000  -      load                         off
    1.000  -      kill                         instance a
    1.000  a      primary.gone                 primary -> failing
    1.001  a      instance                     down
    1.030  a      failing.handover             failing -> consenting
    1.030  b      claim.consent                standby -> claiming
    1.030  b      claiming.cut_early           claiming
    1.034  b      claiming.accept              claiming
    1.038  b      standby.named                claiming -> promoting
    1.038  b      promoting.promote            promoting
    1.038  a      consenting.succeeded         consenting -> asking
    1.038  a      asking.round                 asking
    1.045  a      asking.seek                  asking -> seeking
    1.099  b      instance                     promoted to timeline 2
    1.099  b      promoting.done               promoting -> proving
    1.099  b      proving.mark                 proving
    1.104  b      proving.open                 proving -> opening
    1.106  b      gate                         open
    1.106  b      opening.done                 opening -> primary
    1.106  a      seeking.ask                  seeking
    1.107  a      standby.take_chain           seeking
    1.112  a      seeking.start                seeking -> standby-starting
    1.177  a      instance                     up, standby
    1.178  a      standby_starting.up          standby-starting -> standby
    1.255  b      attach.tighten               primary
    1.272  b      attach.propose               primary
    1.275  b      attach.accept                primary
