# Nothing is written for ten minutes. The agents speak all the time, so no connection between them is ever idle, and
# the silence of a host is noticed as fast as under load.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 load off
at 600.0 kill host a
at 600.5 load on
lasts 620
must claim.silent on b after 600 by 602.5
must primary b at 604
never lost
expect
    1.000  -      load                         off
  600.000  -      kill                         host a
  600.000  a      instance                     down
  600.500  -      load                         on
  601.862  b      claim.silent                 standby -> claiming
  601.865  b      claiming.cut                 claiming
  601.871  b      claiming.accept              claiming
  601.875  b      standby.named                claiming -> promoting
  601.875  b      promoting.promote            promoting
  601.947  b      instance                     promoted to timeline 2
  601.949  b      promoting.done               promoting -> proving
  601.949  b      proving.mark                 proving
  601.954  b      proving.open                 proving -> opening
  601.956  b      opening.done                 opening -> primary
