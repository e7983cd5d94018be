# The successor's agent dies while its instance is being promoted, and its host stands still when the next one has just come: that sees a
# standby, and then an instance whose promotion ended in between. It takes it for what it is, asks, and opens it.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 5.0 kill instance a
at 5.06 kill agent b
at 5.09 freeze host b
at 5.21 thaw all
lasts 12
must asking.promotion_unfinished on b
must promoting.runs on b
must primary b at 8
must switchable at 11
never lost
never two acknowledging
expect
    5.000  -      kill                         instance a
    5.000  a      primary.gone                 primary -> failing
    5.001  a      instance                     down
    5.030  a      failing.handover             failing -> consenting
    5.030  b      claim.consent                standby -> claiming
    5.030  b      claiming.cut_early           claiming
    5.034  b      claiming.accept              claiming
    5.038  b      standby.named                claiming -> promoting
    5.038  b      promoting.promote            promoting
    5.038  a      consenting.succeeded         consenting -> asking
    5.038  a      asking.round                 asking
    5.045  a      asking.seek                  asking -> seeking
    5.060  -      kill                         agent b
    5.090  -      freeze                       host b
    5.180  b      monitor                      makes a new agent
    5.210  -      thaw                         all
    5.210  b      recalling.done               recalling -> asking
    5.210  b      instance                     promoted to timeline 2
    5.210  b      asking.known_solo            asking
    5.210  b      asking.promotion_unfinished  asking -> promoting
    5.210  b      promoting.cut                promoting
    5.288  a      seeking.ask                  seeking
    5.512  b      promoting.runs               promoting -> asking
    5.512  b      asking.primary_runs          asking -> proving
    5.512  b      proving.names                proving
    5.515  b      proving.mark                 proving
    5.520  b      proving.open                 proving -> opening
    5.522  b      opening.done                 opening -> primary
    5.788  a      standby.take_chain           seeking
    5.793  a      seeking.start                seeking -> standby-starting
    5.886  a      instance                     up, standby
    5.887  a      standby_starting.up          standby-starting -> standby
    5.887  a      standby.open                 standby
    6.055  b      attach.tighten               primary
    6.210  b      attach.propose               primary
    6.213  b      attach.accept                primary
