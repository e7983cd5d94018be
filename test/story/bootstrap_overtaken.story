# Five servers begin. The first primary's own voter accepts the first record, and the rounds of those who know of none
# overtake it. They are refused there, and yet their ballots count: the next one goes above them.
servers a b c d e
primary a
automatic on
begins switchable
seed 10410
eligible 2
must primary a at 1
must switchable
never lost
lasts 2
expect
    0.044  c      standby.ask                  standby
    0.104  d      standby.ask                  standby
