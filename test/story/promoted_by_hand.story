# Somebody promotes a standby by hand. Its agent stops it; its history is unknown to the primary, so it does not come back
# as a standby without a new copy (section 7), and who takes over later does not take it, either.
servers a b c
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance c promoted by hand
at 5.0 kill instance a
at 20.0 backup directory b to c
at 20.5 start c
lasts 30
must standby.promoted_by_others on c by 1.5
must seeking.refused on c by 9
must primary b at 8
must switchable at 29
never two acknowledging
never lost
expect
    0.068  c      standby.ask                  standby
    1.000  -      instance                     c promoted by hand
    1.078  c      instance                     promoted by hand to timeline 2
    1.255  c      standby.promoted_by_others   standby -> deposing
    1.257  c      instance                     down
    1.285  c      deposing.proved              deposing -> asking
    1.285  c      asking.round                 asking
    1.292  c      asking.seek                  asking -> seeking
    1.568  c      seeking.ask                  seeking
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
    5.046  a      asking.seek                  asking -> seeking
    5.116  b      instance                     promoted to timeline 2
    5.117  b      promoting.done               promoting -> proving
    5.117  b      proving.mark                 proving
    5.117  a      seeking.ask                  seeking
    5.122  b      proving.open                 proving -> opening
    5.124  b      opening.done                 opening -> primary
    5.617  a      standby.take_chain           seeking
    5.617  c      seeking.refused              seeking -> staying-down
    5.622  a      seeking.start                seeking -> standby-starting
    5.724  a      instance                     up, standby
    5.726  a      standby_starting.up          standby-starting -> standby
    5.726  a      standby.open                 standby
    5.855  b      attach.tighten               primary
    6.055  b      attach.propose               primary
    6.058  b      attach.accept                primary
   20.000  -      backup                       directory b to c
   20.500  -      start                        c
   20.500  c      asking.round                 asking
   20.501  c      reply                        0: the agent of server "c" has taken the command
   20.655  c      asking.name_copy             asking
   20.660  c      asking.seek                  asking -> seeking
   20.660  c      seeking.ask                  seeking
