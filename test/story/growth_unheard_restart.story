# The same, and the primary's agent and instance end besides: it must not open alone on the solo record that it knows,
# for it has itself accepted a growth beyond it (P1's exception).
servers a b
arbiters w
primary a
automatic on
begins solo
at 0.5 disk of b slow 0.4
at 0.5 disk of w slow 0.4
at 1.0 backup directory a to b
at 2.60 cut a
at 2.605 kill instance a
at 2.605 kill agent a
lasts 20
must attach.accept on a
must primary b at 18
never asking.known_solo on a after 2.60
never two acknowledging
never lost
expect
    0.500  -      disk                         of b slow 0.4
    0.500  -      disk                         of w slow 0.4
    1.000  -      backup                       directory a to b
    1.055  b      idle.wanted                  idle -> asking
    1.055  b      asking.round                 asking
    1.737  b      asking.name_copy             asking
    1.742  b      asking.seek                  asking -> seeking
    1.742  b      seeking.ask                  seeking
    1.743  b      seeking.start                seeking -> standby-starting
    1.847  b      instance                     up, standby
    1.849  b      standby_starting.up          standby-starting -> standby
    1.849  b      standby.open                 standby
    2.055  a      attach.tighten               primary
    2.242  b      standby.ask                  standby
    2.255  a      attach.propose               primary
    2.574  a      attach.accept                primary
    2.600  -      cut                          a
    2.605  -      kill                         instance a
    2.605  -      kill                         agent a
    2.612  a      instance                     down
    2.725  a      monitor                      makes a new agent
    2.725  a      recalling.done               recalling -> asking
    4.582  b      standby.pending              standby
    7.026  b      claim.silent                 standby -> claiming
    7.649  b      claiming.cut                 claiming
    7.651  b      claiming.accept              claiming
    8.026  b      claiming.failed              claiming -> standby
    8.061  b      claim.silent                 standby -> claiming
    9.271  b      standby.named                claiming -> promoting
    9.271  b      promoting.promote            promoting
    9.615  b      instance                     promoted to timeline 2
    9.617  b      promoting.done               promoting -> proving
    9.617  b      proving.mark                 proving
    9.622  b      proving.open                 proving -> opening
    9.624  b      opening.done                 opening -> primary
