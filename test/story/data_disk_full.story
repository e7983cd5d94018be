# The data disk of the primary is full: PostgreSQL ends over it, cannot be started, and the standby takes over; when there is
# space again the server becomes a standby without anybody's help.
servers a b
arbiters w
lasts 20

at 2 instance a disk full
at 6 instance a disk works

must primary b at 19
must outage below 5
must switchable at 19
never lost
expect
    2.000  -      instance                     a disk full
    2.000  a      primary.gone                 primary -> failing
    2.002  a      instance                     down
    2.030  a      failing.handover             failing -> consenting
    2.030  b      claim.consent                standby -> claiming
    2.030  b      claiming.cut_early           claiming
    2.033  b      claiming.accept              claiming
    2.037  b      standby.named                claiming -> promoting
    2.037  b      promoting.promote            promoting
    2.037  a      consenting.succeeded         consenting -> asking
    2.037  a      asking.round                 asking
    2.045  a      asking.seek                  asking -> seeking
    2.116  b      instance                     promoted to timeline 2
    2.117  b      promoting.done               promoting -> proving
    2.117  b      proving.mark                 proving
    2.117  a      seeking.ask                  seeking
    2.122  b      proving.open                 proving -> opening
    2.124  b      opening.done                 opening -> primary
    2.617  a      standby.take_chain           seeking
    3.117  a      seeking.ask                  seeking
    3.227  a      standby.take_chain           seeking
    3.617  a      seeking.ask                  seeking
    3.837  a      standby.take_chain           seeking
    4.117  a      seeking.ask                  seeking
    4.142  a      standby.take_chain           seeking
    4.617  a      seeking.ask                  seeking
    4.752  a      standby.take_chain           seeking
    5.117  a      seeking.ask                  seeking
    5.362  a      standby.take_chain           seeking
    5.617  a      seeking.ask                  seeking
    5.667  a      standby.take_chain           seeking
    6.000  -      instance                     a disk works
    6.117  a      seeking.ask                  seeking
    6.277  a      standby.take_chain           seeking
    6.282  a      seeking.start                seeking -> standby-starting
    6.355  a      instance                     up, standby
    6.356  a      standby_starting.up          standby-starting -> standby
    6.356  a      standby.open                 standby
    6.455  b      attach.tighten               primary
    6.617  a      standby.ask                  standby
    6.655  b      attach.propose               primary
    6.658  b      attach.accept                primary
