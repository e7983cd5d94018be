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
    3.862  b      claim.silent                 standby -> claiming
    3.862  c      claim.silent                 standby -> claiming
    3.863  b      claiming.failed              claiming -> standby
    3.864  c      claiming.cut                 claiming
    3.865  b      position.asked               standby
    3.870  c      claiming.accept              claiming
    3.871  b      position.answer              standby
    3.875  c      standby.named                claiming -> promoting
    3.875  c      promoting.promote            promoting
    3.951  c      instance                     promoted to timeline 2
    3.952  c      promoting.done               promoting -> proving
    3.952  c      proving.mark                 proving
    3.952  b      standby.ask                  standby
    3.957  c      proving.open                 proving -> opening
    3.959  c      opening.done                 opening -> primary
    4.452  b      standby.take_chain           standby
    4.457  b      standby.follow               standby
    4.655  c      attach.tighten               primary
    4.855  c      attach.propose               primary
    4.858  c      attach.accept                primary
