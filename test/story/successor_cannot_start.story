# The successor's instance ends at its promotion, and cannot even be started after that. The primary before opens again,
# unprotected, until the other one can be started and an operator says so.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b cannot promote
at 2.0 kill instance a
at 2.04 instance b cannot start
at 30.0 instance b can start
at 30.0 instance b can promote
at 30.0 start b
lasts 50
must asking.hand_back on b by 4
must primary a at 4
must seeking.given_up on b
must solo at 29
must switchable at 50
never promoted b
never lost
never two acknowledging
expect
    1.000  -      instance                     b cannot promote
    2.000  -      kill                         instance a
    2.000  a      primary.gone                 primary -> failing
    2.001  a      instance                     down
    2.030  a      failing.handover             failing -> consenting
    2.030  b      claim.consent                standby -> claiming
    2.030  b      claiming.cut_early           claiming
    2.034  b      claiming.accept              claiming
    2.037  b      standby.named                claiming -> promoting
    2.037  b      promoting.promote            promoting
    2.038  a      consenting.succeeded         consenting -> asking
    2.038  a      asking.round                 asking
    2.040  -      instance                     b cannot start
    2.045  a      asking.seek                  asking -> seeking
    2.052  b      standby.gone                 promoting -> deposing
    2.055  b      instance                     down
    2.082  b      deposing.proved              deposing -> asking
    2.082  b      asking.known_solo            asking
    2.082  b      asking.unpromoted            asking -> standby-starting
    2.092  b      standby_starting.failed      standby-starting -> deposing
    2.092  b      deposing.proved              deposing -> asking
    2.092  b      asking.known_solo            asking
    2.392  b      asking.unpromoted            asking -> standby-starting
    2.402  b      standby_starting.failed      standby-starting -> deposing
    2.402  b      deposing.proved              deposing -> asking
    2.402  b      asking.known_solo            asking
    2.702  b      asking.hand_back             asking -> consenting
    2.704  a      seeking.return               seeking
    2.708  a      round.accept                 seeking
    2.711  a      seeking.named                seeking -> asking
    2.711  a      asking.known_solo            asking
    2.711  a      asking.start_primary         asking -> starting
    2.711  b      consenting.succeeded         consenting -> asking
    2.711  b      asking.round                 asking
    2.719  b      asking.seek                  asking -> seeking
    2.800  a      instance                     up, primary, closed
    2.800  a      starting.up                  starting -> proving
    2.800  a      proving.open                 proving -> opening
    2.802  a      gate                         open
    2.802  a      opening.done                 opening -> primary
    2.803  b      seeking.ask                  seeking
    2.803  b      seeking.start                seeking -> standby-starting
    2.813  b      standby_starting.failed      standby-starting -> deposing
    2.813  b      deposing.proved              deposing -> asking
    2.813  b      asking.round                 asking
    3.113  b      asking.seek                  asking -> seeking
    3.303  b      seeking.ask                  seeking
    3.303  b      seeking.start                seeking -> standby-starting
    3.313  b      standby_starting.failed      standby-starting -> deposing
    3.313  b      deposing.proved              deposing -> asking
    3.313  b      asking.round                 asking
    3.613  b      asking.seek                  asking -> seeking
    3.803  b      seeking.ask                  seeking
    3.803  b      seeking.start                seeking -> standby-starting
    3.813  b      standby_starting.failed      standby-starting -> deposing
    3.813  b      deposing.proved              deposing -> asking
    3.813  b      asking.round                 asking
    4.113  b      asking.seek                  asking -> seeking
    4.303  b      seeking.ask                  seeking
    4.303  b      seeking.given_up             seeking -> staying-down
   30.000  -      instance                     b can start
   30.000  -      instance                     b can promote
   30.000  -      start                        b
   30.000  b      asking.round                 asking
   30.001  b      reply                        0: the agent of server "b" has taken the command
   30.055  b      asking.seek                  asking -> seeking
   30.055  b      seeking.ask                  seeking
   30.055  b      seeking.start                seeking -> standby-starting
   30.139  b      instance                     up, standby
   30.141  b      standby_starting.up          standby-starting -> standby
   30.141  b      standby.open                 standby
   30.255  a      attach.tighten               primary
   30.455  a      attach.propose               primary
   30.458  a      attach.accept                primary
