# With automatic on it is detached, tried a few times more, and given up.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b cannot start
at 1.1 kill instance b
lasts 20
must detach.lost on a by 1.5
must seeking.given_up on b
must solo at 19
expect
    1.000  -      instance                     b cannot start
    1.100  -      kill                         instance b
    1.100  b      standby.gone                 standby -> deposing
    1.100  a      detach.lost                  primary
    1.101  b      instance                     down
    1.103  a      round.accept                 primary
    1.107  a      names.follow_record          primary
    1.130  b      deposing.proved              deposing -> asking
    1.130  b      asking.round                 asking
    1.137  b      asking.seek                  asking -> seeking
    1.137  b      seeking.ask                  seeking
    1.137  b      seeking.start                seeking -> standby-starting
    1.147  b      standby_starting.failed      standby-starting -> deposing
    1.147  b      deposing.proved              deposing -> asking
    1.147  b      asking.round                 asking
    1.447  b      asking.seek                  asking -> seeking
    1.637  b      seeking.ask                  seeking
    1.637  b      seeking.start                seeking -> standby-starting
    1.647  b      standby_starting.failed      standby-starting -> deposing
    1.647  b      deposing.proved              deposing -> asking
    1.647  b      asking.round                 asking
    1.947  b      asking.seek                  asking -> seeking
    2.137  b      seeking.ask                  seeking
    2.137  b      seeking.start                seeking -> standby-starting
    2.147  b      standby_starting.failed      standby-starting -> deposing
    2.147  b      deposing.proved              deposing -> asking
    2.147  b      asking.round                 asking
    2.447  b      asking.seek                  asking -> seeking
    2.637  b      seeking.ask                  seeking
    2.637  b      seeking.given_up             seeking -> staying-down
