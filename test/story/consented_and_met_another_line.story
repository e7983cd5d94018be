# One that has consented meets a line that was forced beside its own, and goes idle. That line ends without a record, with the memory of the one server that it was of. Nothing keeps the
# consent from being taken up then, which frees the leases of this very run of its agent: it waits for a successor, or takes the role back, as before (P7).
servers a b c
primary a
automatic on
begins switchable
eligible 1
at 0.3 cut agents a c
at 0.3 cut agents b c
at 0.5 detach a c
at 1.0 disable a
at 2.0 enable a
at 6.0 force c without a b
at 9.0 cut agents b -> a
at 9.3 kill instance a
at 11.0 heal a c
at 16.0 kill agent c for good
at 16.1 lose memory of c
at 16.2 heal b c
at 16.3 start c
at 16.608 cut agents b c
at 17.0 cut agents a c
at 17.0 cut agents a b
at 17.001 heal b c
at 26 heal
lasts 50
must split.waits on a
must switchable at 50
must asking.consented on a
never two acknowledging
expect
    0.071  c      standby.ask                  standby
    0.300  -      cut                          agents a c
    0.300  -      cut                          agents b c
    0.500  -      detach                       a c
    0.500  a      apart.change                 primary
    0.503  a      round.accept                 primary
    0.508  a      reply                        0: server "c" is detached and kept apart: no commit waits for it, and it does not take over
    1.000  -      disable                      a
    1.000  a      setting.change               primary
    1.003  a      round.accept                 primary
    1.008  a      reply                        0: automatic switch and disconnection is disabled
    2.000  -      enable                       a
    2.000  a      setting.change               primary
    2.003  a      round.accept                 primary
    2.009  a      reply                        0: automatic switch and disconnection is enabled
    6.000  -      force                        c without a b
    6.000  c      force.begin                  standby -> forcing
    6.000  c      forcing.cut                  forcing
    6.000  c      reply                        ... 0: server "c" has WAL up to 0/3020508; whether anything was acknowledged after that, nobody who is heard can tell
    6.006  c      forcing.propose              forcing
    6.007  c      forcing.accept               forcing
    6.009  c      forcing.named                forcing -> promoting
    6.009  c      promoting.promote            promoting
    6.010  -      parted                       epoch 3 of c, and of a
    6.088  c      instance                     promoted to timeline 2
    6.088  c      promoting.done               promoting -> proving
    6.088  c      proving.names                proving
    6.091  c      proving.mark                 proving
    6.096  c      proving.open                 proving -> opening
    6.098  c      opening.done                 opening -> primary
    6.255  c      reply                        0: server "c" is the primary by force since epoch 3, with WAL up to 0/30212A0
    9.000  -      cut                          agents b -> a
    9.300  -      kill                         instance a
    9.300  a      primary.gone                 primary -> failing
    9.301  a      instance                     down
    9.330  a      failing.handover             failing -> consenting
    9.330  b      claim.consent                standby -> claiming
    9.330  b      claiming.cut_early           claiming
   10.330  b      claiming.failed              claiming -> standby
   10.330  b      standby.follow               standby
   10.365  b      claim.consent                standby -> claiming
   10.365  b      claiming.cut_early           claiming
   11.000  -      heal                         a c
   11.051  c      split.stops                  primary -> deposing
   11.051  a      split.waits                  consenting -> idle
   11.054  c      instance                     down
   11.055  c      deposing.proved              deposing -> asking
   11.081  c      split.waits                  asking -> idle
   12.365  b      claiming.failed              claiming -> standby
   12.365  b      standby.follow               standby
   12.771  b      claim.consent                standby -> claiming
   12.771  b      claiming.cut_early           claiming
   16.000  -      kill                         agent c for good
   16.100  -      lose                         memory of c
   16.200  -      heal                         b c
   16.300  -      start                        c
   16.602  c      recalling.done               recalling -> asking
   16.602  c      asking.round                 asking
   16.602  a      idle.wanted                  idle -> asking
   16.602  a      asking.consented             asking -> consenting
   16.608  -      cut                          agents b c
   16.610  c      asking.seek                  asking -> seeking
   16.771  b      claiming.failed              claiming -> standby
   16.771  b      standby.follow               standby
   17.000  -      cut                          agents a c
   17.000  -      cut                          agents a b
   17.001  -      heal                         b c
   17.595  b      claim.consent                standby -> claiming
   17.595  b      claiming.cut_early           claiming
   17.598  b      claiming.accept              claiming
   17.603  b      standby.named                claiming -> promoting
   17.603  b      promoting.promote            promoting
   17.660  b      instance                     promoted to timeline 2
   17.660  b      promoting.done               promoting -> proving
   17.660  b      proving.mark                 proving
   17.660  c      seeking.ask                  seeking
   17.665  b      proving.open                 proving -> opening
   17.667  b      opening.done                 opening -> primary
   26.000  -      heal                         
   26.050  a      consenting.nobody_came       consenting
   26.050  a      consenting.succeeded         consenting -> asking
   26.146  a      asking.round                 asking
   26.154  a      asking.seek                  asking -> seeking
   26.154  a      seeking.ask                  seeking
   26.154  a      standby.take_chain           seeking
   26.159  a      seeking.start                seeking -> standby-starting
   26.238  a      instance                     up, standby
   26.239  a      standby_starting.up          standby-starting -> standby
   26.239  a      standby.open                 standby
   26.255  b      attach.tighten               primary
   26.455  b      attach.propose               primary
   26.459  b      attach.accept                primary
