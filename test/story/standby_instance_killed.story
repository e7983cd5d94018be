# The standby's postmaster is killed: detached at once, started again, attached again.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 kill instance b
lasts 12
must detach.lost on a by 1.3
must outage below 0.5
must switchable at 12
never promoted b
expect
    1.000  -      kill                         instance b
    1.000  b      standby.gone                 standby -> deposing
    1.000  a      detach.lost                  primary
    1.001  b      instance                     down
    1.004  a      round.accept                 primary
    1.008  a      names.follow_record          primary
    1.030  b      deposing.proved              deposing -> asking
    1.030  b      asking.round                 asking
    1.036  b      asking.seek                  asking -> seeking
    1.036  b      seeking.ask                  seeking
    1.037  b      seeking.start                seeking -> standby-starting
    1.104  b      instance                     up, standby
    1.105  b      standby_starting.up          standby-starting -> standby
    1.105  b      standby.open                 standby
    1.255  a      attach.tighten               primary
    1.455  a      attach.propose               primary
    1.459  a      attach.accept                primary
