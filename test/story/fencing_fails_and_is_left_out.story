# F1: an eligible standby whose primary cannot be isolated takes over without it on an operator's word, and nothing is lost.
servers a b
arbiters w
primary a
automatic on
fencing on
begins switchable
at 0.1 load on
at 0.2 command of w says well
at 1.0 kill host a
at 8.0 force b no fencing
lasts 25
must fencing.begun on w
must nobody at 8
must primary b at 24
expect
    0.100  -      load                         on
    0.200  -      command                      of w says well
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.862  b      claim.silent                 standby -> claiming
    2.865  w      fencing.begun                monitor switch a
    3.265  w      fencing.failed               a
    3.465  b      claiming.failed              claiming -> standby
    8.000  -      force                        b no fencing
    8.000  b      claim.silent                 standby -> claiming
    8.003  b      claiming.cut                 claiming
    8.005  b      claiming.accept              claiming
    8.009  b      standby.named                claiming -> promoting
    8.009  b      promoting.promote            promoting
    8.069  b      instance                     promoted to timeline 2
    8.069  b      promoting.done               promoting -> proving
    8.069  b      proving.mark                 proving
    8.074  b      proving.open                 proving -> opening
    8.076  b      opening.done                 opening -> primary
    8.076  b      reply                        0: server "b" is the primary since epoch 3, with every acknowledged commit; the fencing command was not waited for
