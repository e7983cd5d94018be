# With automatic on it is detached, tried a few times more, and given up until an operator starts it.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b cannot start
at 1.1 kill instance b
at 8.0 instance b can start
at 75.0 start b
lasts 80
must detach.lost on a by 1.5
must seeking.given_up on b
must down b at 74
must solo at 74
must switchable at 79
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
    8.000  -      instance                     b can start
   75.000  -      start                        b
   75.000  b      asking.round                 asking
   75.001  b      reply                        0: the agent of server "b" has taken the command
   75.055  b      asking.seek                  asking -> seeking
   75.055  b      seeking.ask                  seeking
   75.055  b      seeking.start                seeking -> standby-starting
   75.159  b      instance                     up, standby
   75.159  b      standby_starting.up          standby-starting -> standby
   75.159  b      standby.open                 standby
   75.255  a      attach.tighten               primary
   75.455  a      attach.propose               primary
   75.457  a      attach.accept                primary
