# As restored_beside_a_claim, on an operator's word: a standby falls asleep over the takeover that its own voter has accepted, the other one
# is forced, which a majority accepts, and an arbiter is lost then. The answer of who slept counts, and bears nothing (E5).
servers a b c
arbiters w x
primary a
automatic on
begins switchable
eligible 1
at 0.2 load on
at 0.5 load off
at 1.0 kill host a
at 2.0 trap b after persist 2 freeze host
at 6.0 cut b
at 7.0 force c
at 12.0 kill host w
at 13.0 thaw b
at 13.0 heal
lasts 30
must primary c at 11
must attach.accept on c after 13
never two acknowledging
expect
    0.200  -      load                         on
    0.292  c      standby.ask                  standby
    0.500  -      load                         off
    1.000  -      kill                         host a
    1.000  a      instance                     down
    2.000  -      trap                         b after persist 2 freeze host
    2.861  b      claim.silent                 standby -> claiming
    2.864  b      claiming.cut                 claiming
    2.870  b      claiming.accept              claiming
    6.000  -      cut                          b
    6.861  c      standby.missed               standby
    7.000  -      force                        c
    7.000  c      force.begin                  standby -> forcing
    7.000  c      forcing.cut                  forcing
    7.000  c      reply                        ... 0: server "c" has WAL up to 0/3002C88; whether anything was acknowledged after that, nobody who is heard can tell
    7.002  c      forcing.propose              forcing
    7.005  c      forcing.accept               forcing
    7.009  c      forcing.named                forcing -> promoting
    7.009  c      promoting.promote            promoting
    7.083  c      instance                     promoted to timeline 2
    7.083  c      promoting.done               promoting -> proving
    7.083  c      proving.names                proving
    7.086  c      proving.mark                 proving
    7.091  c      proving.open                 proving -> opening
    7.093  c      opening.done                 opening -> primary
    7.093  c      reply                        0: server "c" is the primary by force since epoch 3, with WAL up to 0/3002C88
   12.000  -      kill                         host w
   13.000  -      thaw                         b
   13.000  -      heal                         
   13.000  b      claiming.failed              claiming -> standby
   13.051  b      standby.ask                  standby
   13.053  b      standby.take_chain           standby
   13.058  b      standby.follow               standby
   13.255  c      attach.tighten               primary
   13.455  c      attach.propose               primary
   13.458  c      attach.accept                primary
