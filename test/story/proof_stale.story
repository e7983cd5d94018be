# Between the proposal of an attachment and its promises the standby's instance ends: the proof is stale and nothing is
# accepted (P2).
servers a b
arbiters w
primary a
automatic on
begins solo
at 0.5 disk of b slow 0.4
at 0.5 disk of w slow 0.4
at 1.0 backup directory a to b
at 2.3 kill instance b
at 6.0 disk of b slow 0.002
at 6.0 disk of w slow 0.002
lasts 20
must attach.proof_stale on a by 3
must switchable at 18
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
    2.300  -      kill                         instance b
    2.300  b      standby.gone                 standby -> deposing
    2.300  b      instance                     down
    2.330  b      deposing.proved              deposing -> asking
    2.330  b      asking.round                 asking
    2.574  a      attach.proof_stale           primary
    2.574  a      names.follow_record          primary
    3.137  b      asking.seek                  asking -> seeking
    3.137  b      seeking.ask                  seeking
    3.637  b      seeking.start                seeking -> standby-starting
    3.720  b      instance                     up, standby
    3.721  b      standby_starting.up          standby-starting -> standby
    3.721  b      standby.open                 standby
    3.855  a      attach.tighten               primary
    4.055  a      attach.propose               primary
    4.137  b      standby.ask                  standby
    4.265  a      attach.accept                primary
    6.000  -      disk                         of b slow 0.002
    6.000  -      disk                         of w slow 0.002
