# Two eligible standbys, and one has received less than the other when the primary's host dies. What is acknowledged is
# in both, so whoever claims first wins and waits for nobody: here the one with less. Nothing acknowledged is missing.
# The other has WAL that nobody had acknowledged, beyond where the new history begins: it stays down and says so.
servers a b c
arbiters w
primary a
automatic on
eligible 2
begins switchable
at 1.5 cut wal a c
at 1.8 kill host a
lasts 20
must primary c at 20
must standby.refused on b
must down b at 19
must solo at 20
must outage below 5
never promoted b
never lost
never two acknowledging
expect
    1.500  -      cut                          wal a c
    1.800  -      kill                         host a
    1.800  a      instance                     down
    3.855  b      claim.silent                 standby -> claiming
    3.855  c      claim.silent                 standby -> claiming
    3.856  b      claiming.failed              claiming -> standby
    3.859  c      claiming.cut                 claiming
    3.860  b      position.asked               standby
    3.865  c      claiming.accept              claiming
    3.866  b      position.answer              standby
    3.870  c      standby.named                claiming -> promoting
    3.870  c      promoting.promote            promoting
    3.933  c      instance                     promoted to timeline 2
    3.935  c      promoting.done               promoting -> proving
    3.935  c      proving.mark                 proving
    3.935  b      standby.ask                  standby
    3.940  c      proving.open                 proving -> opening
    3.942  c      opening.done                 opening -> primary
    4.435  b      standby.refused              standby -> staying-down
    4.436  b      instance                     down
