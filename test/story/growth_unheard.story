# The attachment is accepted by all, and no answer reaches the primary: from its own acceptance on the growth binds,
# for it may be chosen (P2, P5). The standby learns of it and takes over; nothing is lost.
servers a b
arbiters w
primary a
automatic on
begins solo
at 0.5 disk of b slow 0.4
at 0.5 disk of w slow 0.4
at 1.0 backup directory a to b
at 2.60 cut a
lasts 20
must attach.accept on a
must primary b at 18
must pending.resolve on a
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
    3.270  a      pending.resolve              primary
    3.886  a      lease.out                    primary -> cutting
    3.889  a      instance                     down
    3.916  a      cutting.proved               cutting -> fenced
    3.916  a      cut.majority_back            fenced -> asking
    4.582  b      standby.pending              standby
    7.068  b      claim.silent                 standby -> claiming
    7.768  b      claiming.cut                 claiming
    7.770  b      claiming.accept              claiming
    8.068  b      claiming.failed              claiming -> standby
    8.103  b      claim.silent                 standby -> claiming
    9.204  b      standby.named                claiming -> promoting
    9.204  b      promoting.promote            promoting
    9.652  b      instance                     promoted to timeline 2
    9.653  b      promoting.done               promoting -> proving
    9.653  b      proving.mark                 proving
    9.658  b      proving.open                 proving -> opening
    9.660  b      opening.done                 opening -> primary
