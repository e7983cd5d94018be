# The instance of a primary without a standby ends while it attaches one: its own voter has accepted that, and whether a
# majority has is not known yet. So it is not simply started again: the standby may count, and the primary consents first, to
# nobody by name. When it learns that the attachment is chosen, it serves under that record, and waits for the standby.
servers a b
arbiters w
primary a
automatic on
begins solo
at 0.5 disk of b slow 0.4
at 0.5 disk of w slow 0.4
at 1.0 backup directory a to b
at 2.578 kill instance a
at 4.0 disk of b works
at 4.0 disk of w works
at 6.0 kill host a
lasts 20
must attach.accept on a by 2.578
must failing.handover on a by 2.7
must consenting.later_record on a
must primary a at 5.9
must switchable at 5.9
must primary b at 19
never failing.restart
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
    2.578  -      kill                         instance a
    2.578  a      primary.gone                 primary -> failing
    2.579  a      instance                     down
    2.608  a      failing.handover             failing -> consenting
    2.895  a      consenting.later_record      consenting -> asking
    2.895  a      asking.round                 asking
    3.519  a      asking.start_primary         asking -> starting
    3.608  a      instance                     up, primary, closed
    3.609  a      starting.up                  starting -> proving
    3.609  a      proving.names                proving
    3.855  a      proving.open                 proving -> opening
    3.857  a      gate                         open
    3.857  a      opening.done                 opening -> primary
    4.000  -      disk                         of b works
    4.000  -      disk                         of w works
    6.000  -      kill                         host a
    6.000  a      instance                     down
    7.895  b      claim.silent                 standby -> claiming
    8.474  b      claiming.cut                 claiming
    8.480  b      claiming.accept              claiming
    8.895  b      claiming.failed              claiming -> standby
    9.038  b      claim.silent                 standby -> claiming
   10.269  b      standby.named                claiming -> promoting
   10.269  b      promoting.promote            promoting
   10.675  b      instance                     promoted to timeline 2
   10.675  b      promoting.done               promoting -> proving
   10.675  b      proving.mark                 proving
   10.680  b      proving.open                 proving -> opening
   10.682  b      opening.done                 opening -> primary
