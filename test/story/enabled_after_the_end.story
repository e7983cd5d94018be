# Automatic is off and the primary's instance has ended; an operator enables automatic: the standby takes over.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 kill instance a
at 4.0 enable b
lasts 12
must staying_down.handover on a
must primary b at 8
never lost
expect
    1.000  -      kill                         instance a
    1.000  a      primary.gone                 primary -> failing
    1.003  a      instance                     down
    1.005  a      failing.unattended           failing -> staying-down
    4.000  -      enable                       b
    4.000  b      setting.change               standby
    4.000  a      setting.change               staying-down
    4.003  b      round.accept                 standby
    4.007  a      staying_down.handover        staying-down -> consenting
    4.008  b      reply                        0: automatic switch and disconnection is enabled
    4.009  b      claim.consent                standby -> claiming
    4.009  b      claiming.cut_early           claiming
    4.013  b      claiming.accept              claiming
    4.017  b      standby.named                claiming -> promoting
    4.017  b      promoting.promote            promoting
    4.017  a      consenting.succeeded         consenting -> asking
    4.017  a      asking.round                 asking
    4.024  a      asking.seek                  asking -> seeking
    4.078  b      instance                     promoted to timeline 2
    4.078  b      promoting.done               promoting -> proving
    4.078  b      proving.mark                 proving
    4.079  a      seeking.ask                  seeking
    4.083  b      proving.open                 proving -> opening
    4.085  b      opening.done                 opening -> primary
    4.579  a      standby.take_chain           seeking
    4.584  a      seeking.start                seeking -> standby-starting
    4.646  a      instance                     up, standby
    4.646  a      standby_starting.up          standby-starting -> standby
    4.646  a      standby.open                 standby
    4.805  b      attach.tighten               primary
    5.005  b      attach.propose               primary
    5.008  b      attach.accept                primary
