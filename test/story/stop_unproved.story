# A process of the primary's instance cannot be ended: no consent is given before its end is proved (P4, P7).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance a cannot stop
at 1.1 freeze instance a
at 8.0 instance a can stop
lasts 16
must stop.again on a by 5
never claim.consent on b by 8
must failing.handover on a by 9
must primary b at 10
never lost
expect
    1.000  -      instance                     a cannot stop
    1.100  -      freeze                       instance a
    3.255  a      primary.sick                 primary -> failing
    3.585  a      stop.again                   failing
    8.000  -      instance                     a can stop
    8.208  a      instance                     down
    8.235  a      failing.handover             failing -> consenting
    8.235  b      claim.consent                standby -> claiming
    8.235  b      claiming.cut_early           claiming
    8.238  b      claiming.accept              claiming
    8.241  b      standby.named                claiming -> promoting
    8.241  b      promoting.promote            promoting
    8.242  a      consenting.succeeded         consenting -> asking
    8.242  a      asking.round                 asking
    8.249  a      asking.seek                  asking -> seeking
    8.318  b      instance                     promoted to timeline 2
    8.319  b      promoting.done               promoting -> proving
    8.319  b      proving.mark                 proving
    8.319  a      seeking.ask                  seeking
    8.324  b      proving.open                 proving -> opening
    8.326  b      opening.done                 opening -> primary
    8.819  a      standby.take_chain           seeking
    8.824  a      seeking.start                seeking -> standby-starting
    8.930  a      instance                     up, standby
    8.930  a      standby_starting.up          standby-starting -> standby
    8.930  a      standby.open                 standby
    9.055  b      attach.tighten               primary
    9.255  b      attach.propose               primary
    9.258  b      attach.accept                primary
