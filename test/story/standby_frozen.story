# The standby's instance is stopped: commits stall until it is detached; thawed, it is attached again.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 freeze instance b
at 8.0 thaw instance b
lasts 18
must detach.lost on a by 5
must switchable at 18
must standby.sick on b by 4
must switchable at 7
never promoted b
expect
    1.000  -      freeze                       instance b
    3.055  b      standby.sick                 standby -> deposing
    3.055  a      detach.lost                  primary
    3.056  b      instance                     down
    3.059  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    3.085  b      deposing.proved              deposing -> asking
    3.085  b      asking.round                 asking
    3.091  b      asking.seek                  asking -> seeking
    3.091  b      seeking.ask                  seeking
    3.092  b      seeking.start                seeking -> standby-starting
    3.153  b      instance                     up, standby
    3.154  b      standby_starting.up          standby-starting -> standby
    3.154  b      standby.open                 standby
    3.255  a      attach.tighten               primary
    3.455  a      attach.propose               primary
    3.458  a      attach.accept                primary
    8.000  -      thaw                         instance b
