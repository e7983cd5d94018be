# Of seven voters four are cut off and lost; the reads that they have tried raised the ballot under which one of them has accepted the latest
# record. The others are forced for good without them. That one comes back, votes no more, and follows. A takeover on the new line is accepted by
# two of three, and its candidate loses its memory: handed back is what the new line has accepted, though under a lower ballot, for the other is over (E3, E5).
servers a b c d
arbiters w x y
primary a
automatic on
begins switchable
eligible 1
at 0.1 load on
at 0.6 load off
at 1 cut a b
at 1 cut a c
at 1 cut a w
at 1 cut a y
at 1 cut d b
at 1 cut d c
at 1 cut d w
at 1 cut d y
at 1 cut x b
at 1 cut x c
at 1 cut x w
at 1 cut x y
at 149 kill host b
at 149 kill host c
at 149 kill host w
at 149 kill host y
at 150 force a for good without b c w y
at 154 boot w
at 154.5 start w
at 155 heal w x
at 158 load on
at 160 freeze host a
at 161.8734 cut agents d -> x
at 166.0 cut a x
at 166.8 kill agent d
at 166.8 lose memory of d safely
at 166.8 clog d a 0.3
at 166.81 heal d x
at 166.81 heal d w
at 166.82 thaw host a
at 168 cut d x
at 169.5 clog d a 0
at 172 heal
lasts 190
must primary d at 166
never lost
never two acknowledging
expect
    0.100  -      load                         on
    0.184  b      standby.ask                  standby
    0.251  c      standby.ask                  standby
    0.600  -      load                         off
    1.000  -      cut                          a b
    1.000  -      cut                          a c
    1.000  -      cut                          a w
    1.000  -      cut                          a y
    1.000  -      cut                          d b
    1.000  -      cut                          d c
    1.000  -      cut                          d w
    1.000  -      cut                          d y
    1.000  -      cut                          x b
    1.000  -      cut                          x c
    1.000  -      cut                          x w
    1.000  -      cut                          x y
    2.262  a      lease.out                    primary -> cutting
    2.263  a      instance                     down
    2.292  a      cutting.proved               cutting -> fenced
    2.292  a      cut.majority_back            fenced -> asking
    2.292  a      asking.round                 asking
    6.863  c      standby.missed               standby
    6.863  b      standby.missed               standby
  149.000  -      kill                         host b
  149.000  b      instance                     down
  149.000  -      kill                         host c
  149.000  c      instance                     down
  149.000  -      kill                         host w
  149.000  -      kill                         host y
  150.000  -      force                        a for good without b c w y
  150.000  a      force.begin                  asking -> forcing
  150.000  a      forcing.start                forcing
  150.000  a      reply                        ... 0: server "a" has WAL up to 0/3003520; whether anything was acknowledged after that, nobody who is heard can tell
  150.096  a      instance                     up, standby
  150.098  a      forcing.cut                  forcing
  150.100  a      forcing.propose              forcing
  150.100  a      forcing.accept               forcing
  150.105  a      forcing.named                forcing -> promoting
  150.105  a      promoting.promote            promoting
  150.182  a      instance                     promoted to timeline 2
  150.183  a      promoting.done               promoting -> proving
  150.183  a      proving.mark                 proving
  150.188  a      proving.open                 proving -> opening
  150.190  a      gate                         open
  150.190  a      opening.done                 opening -> primary
  150.190  d      standby.ask                  standby
  150.190  a      reply                        0: server "a" is the primary by force since epoch 3, with WAL up to 0/3003520
  150.191  d      standby.take_chain           standby
  150.196  d      standby.follow               standby
  150.255  a      attach.tighten               primary
  150.455  a      attach.propose               primary
  150.458  a      attach.accept                primary
  154.000  -      boot                         w
  154.500  -      start                        w
  155.000  -      heal                         w x
  158.000  -      load                         on
  160.000  -      freeze                       host a
  161.862  d      claim.silent                 standby -> claiming
  161.865  d      claiming.cut                 claiming
  161.871  d      claiming.accept              claiming
  161.873  -      cut                          agents d -> x
  161.875  d      standby.named                claiming -> promoting
  161.875  d      promoting.promote            promoting
  161.952  d      instance                     promoted to timeline 3
  161.952  d      promoting.done               promoting -> proving
  161.952  d      proving.mark                 proving
  161.957  d      proving.open                 proving -> opening
  161.959  d      opening.done                 opening -> primary
  166.000  -      cut                          a x
  166.800  -      kill                         agent d
  166.800  -      lose                         memory of d safely
  166.800  -      clog                         d a 0.3
  166.810  -      heal                         d x
  166.810  -      heal                         d w
  166.820  -      thaw                         host a
  166.820  a      lease.out                    primary -> cutting
  166.821  a      instance                     down
  166.850  a      cutting.proved               cutting -> fenced
  166.850  a      cut.majority_back            fenced -> asking
  166.850  a      asking.round                 asking
  166.920  d      monitor                      makes a new agent
  166.925  d      recalling.instance_runs      recalling -> cutting
  166.926  d      instance                     down
  166.955  d      cutting.proved               cutting -> fenced
  166.955  d      cut.memory_lost              fenced -> recalling
  168.000  -      cut                          d x
  168.422  d      recalling.done               recalling -> asking
  168.422  d      asking.round                 asking
  169.500  -      clog                         d a 0
  169.734  d      asking.start_primary         asking -> starting
  169.815  d      instance                     up, primary, closed
  169.815  d      starting.up                  starting -> proving
  169.815  d      proving.open                 proving -> opening
  169.817  d      gate                         open
  169.817  d      opening.done                 opening -> primary
  169.949  a      asking.seek                  asking -> seeking
  169.949  a      seeking.ask                  seeking
  169.950  a      seeking.refused              seeking -> staying-down
  172.000  -      heal                         
