# The agent of the primary before is killed while the role comes back to it. Its next life goes on where it was: the
# record is chosen, or the successor says its word again.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b cannot promote
at 2.0 kill instance a
at 2.2015 kill agent a
at 20.0 instance b can promote
lasts 40
must asking.hand_back on b
must seeking.return on a
must primary a at 15
must switchable at 40
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
    2.045  a      asking.seek                  asking -> seeking
    2.052  b      standby.gone                 promoting -> deposing
    2.055  b      instance                     down
    2.082  b      deposing.proved              deposing -> asking
    2.082  b      asking.known_solo            asking
    2.082  b      asking.unpromoted            asking -> standby-starting
    2.151  b      instance                     up, standby
    2.152  b      standby_starting.up          standby-starting -> standby
    2.152  b      standby.named                standby -> promoting
    2.152  b      promoting.cut                promoting
    2.154  b      promoting.promote            promoting
    2.167  b      standby.gone                 promoting -> deposing
    2.169  b      instance                     down
    2.197  b      deposing.proved              deposing -> asking
    2.197  b      asking.known_solo            asking
    2.197  b      asking.hand_back             asking -> consenting
    2.198  a      seeking.return               seeking
    2.201  -      kill                         agent a
    2.321  a      monitor                      makes a new agent
    2.321  a      recalling.done               recalling -> asking
    2.334  a      asking.round                 asking
    2.341  a      asking.seek                  asking -> seeking
    2.455  a      seeking.return               seeking
    2.458  a      round.accept                 seeking
    2.461  a      seeking.named                seeking -> asking
    2.461  a      asking.known_solo            asking
    2.461  a      asking.start_primary         asking -> starting
    2.462  b      consenting.succeeded         consenting -> asking
    2.462  b      asking.round                 asking
    2.468  b      asking.seek                  asking -> seeking
    2.555  a      instance                     up, primary, closed
    2.555  a      starting.up                  starting -> proving
    2.555  a      proving.open                 proving -> opening
    2.557  a      gate                         open
    2.557  a      opening.done                 opening -> primary
    2.558  b      seeking.ask                  seeking
    2.558  b      seeking.start                seeking -> standby-starting
    2.662  b      instance                     up, standby
    2.662  b      standby_starting.up          standby-starting -> standby
    2.662  b      standby.open                 standby
    2.855  a      attach.tighten               primary
    2.926  a      attach.propose               primary
    2.930  a      attach.accept                primary
   20.000  -      instance                     b can promote
