# Two eligible standbys, one of them has to acknowledge each commit, and one has received less than the other when the
# primary's host dies. It does not win: it hears that the other has more, and lets that one take over.
servers a b c
arbiters w
primary a
automatic on
eligible 2
quorum 1
begins switchable
at 1.5 cut wal a c
at 1.8 kill host a
lasts 20
must claiming.better on c
must position.asked on c by 4.5
must primary b at 20
must switchable at 20
must outage below 5
never promoted c
never lost
never two acknowledging
expect
    1.500  -      cut                          wal a c
    1.800  -      kill                         host a
    1.800  a      instance                     down
    3.855  b      claim.silent                 standby -> claiming
    3.855  c      claim.silent                 standby -> claiming
    3.857  b      claiming.failed              claiming -> standby
    3.859  c      claiming.cut                 claiming
    3.859  b      position.asked               standby
    3.865  b      position.answer              standby
    3.867  c      claiming.better              claiming -> standby
    3.867  c      standby.follow               standby
    4.355  b      claim.silent                 standby -> claiming
    4.357  c      position.asked               standby
    4.360  c      position.answer              standby
    4.362  b      claiming.accept              claiming
    4.365  c      standby.pending              standby
    4.367  b      standby.named                claiming -> promoting
    4.367  b      promoting.promote            promoting
    4.427  b      instance                     promoted to timeline 2
    4.428  b      promoting.done               promoting -> proving
    4.428  b      proving.mark                 proving
    4.428  c      standby.ask                  standby
    4.433  b      proving.open                 proving -> opening
    4.435  b      opening.done                 opening -> primary
    4.928  c      standby.take_chain           standby
    4.933  c      standby.follow               standby
    5.055  b      attach.tighten               primary
    5.255  b      attach.propose               primary
    5.258  b      attach.accept                primary
