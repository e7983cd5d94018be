# The attachment is chosen by primary and arbiter; the standby, whom its primary does not reach, hears nothing of that, and the primary's
# host is lost. Commits had waited for the standby: it alone may take over, and learns that from the arbiter's voter when the
# primary has been silent for long.
servers a b
arbiters w
primary a
automatic on
begins solo
at 0.1 load on
at 1.0 backup directory a to b
at 1.400 cut agents a b
at 1.4600 kill host a
lasts 30
must attach.accept on a
must standby.missed on b
must primary b at 29
never two acknowledging
never lost
expect
    0.100  -      load                         on
    1.000  -      backup                       directory a to b
    1.055  b      idle.wanted                  idle -> asking
    1.055  b      asking.round                 asking
    1.061  b      asking.name_copy             asking
    1.066  b      asking.seek                  asking -> seeking
    1.066  b      seeking.ask                  seeking
    1.067  b      seeking.start                seeking -> standby-starting
    1.162  b      instance                     up, standby
    1.163  b      standby_starting.up          standby-starting -> standby
    1.163  b      standby.open                 standby
    1.255  a      attach.tighten               primary
    1.400  -      cut                          agents a b
    1.455  a      attach.propose               primary
    1.458  a      attach.accept                primary
    1.460  -      kill                         host a
    1.460  a      instance                     down
    1.566  b      standby.ask                  standby
    7.382  b      standby.missed               standby
    7.389  b      claim.silent                 standby -> claiming
    7.393  b      claiming.cut                 claiming
    7.395  b      claiming.accept              claiming
    7.399  b      standby.named                claiming -> promoting
    7.399  b      promoting.promote            promoting
    7.480  b      instance                     promoted to timeline 2
    7.481  b      promoting.done               promoting -> proving
    7.481  b      proving.mark                 proving
    7.486  b      proving.open                 proving -> opening
    7.488  b      opening.done                 opening -> primary
