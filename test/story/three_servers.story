# Three servers, no arbiter, both standbys eligible: whoever claims asks the other for the end of its WAL (P3).
servers a b c
primary a
automatic on
eligible 2
begins switchable
at 2.0 kill host a
lasts 16
must position.asked
must position.answer
must switchable at 16
must outage below 4
never lost
never two acknowledging
expect
    2.000  -      kill                         host a
    2.000  a      instance                     down
    4.055  b      claim.silent                 standby -> claiming
    4.055  c      claim.silent                 standby -> claiming
    4.057  b      claiming.failed              claiming -> standby
    4.058  c      claiming.cut                 claiming
    4.059  b      position.asked               standby
    4.064  c      claiming.accept              claiming
    4.065  b      position.answer              standby
    4.068  c      standby.named                claiming -> promoting
    4.068  c      promoting.promote            promoting
    4.130  c      instance                     promoted to timeline 2
    4.131  c      promoting.done               promoting -> proving
    4.131  c      proving.mark                 proving
    4.132  b      standby.ask                  standby
    4.136  c      proving.open                 proving -> opening
    4.138  c      opening.done                 opening -> primary
    4.632  b      standby.take_chain           standby
    4.637  b      standby.follow               standby
    4.655  c      attach.tighten               primary
    4.855  c      attach.propose               primary
    4.858  c      attach.accept                primary
