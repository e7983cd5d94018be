# A claim is held up by a receiver that is slow to go. Meanwhile the primary is back with the arbiter and detaches who
# claims: a standby that is not eligible any more gives its claim up (P3), though it still does not hear the primary.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b receiver lags 5
at 1.0 cut a
at 3.2 heal a w
at 6.2 heal
at 6.2 instance b quiet
lasts 20
must claiming.not_eligible on b by 5
never claiming.primary_back on b
must primary a at 6
must switchable at 19
never promoted b
never lost
expect
    1.000  -      instance                     b receiver lags 5
    1.000  -      cut                          a
    2.261  a      lease.out                    primary -> cutting
    2.264  a      instance                     down
    2.291  a      cutting.proved               cutting -> fenced
    2.291  a      cut.majority_back            fenced -> asking
    2.291  a      asking.round                 asking
    2.862  b      claim.silent                 standby -> claiming
    2.865  b      claiming.cut                 claiming
    3.200  -      heal                         a w
    3.222  a      asking.start_primary         asking -> starting
    3.283  a      instance                     up, primary, closed
    3.284  a      starting.up                  starting -> proving
    3.284  a      proving.names                proving
    3.855  a      detach.lost                  proving
    3.858  a      round.accept                 proving
    3.862  a      proving.names                proving
    3.866  a      proving.open                 proving -> opening
    3.868  a      gate                         open
    3.868  a      opening.done                 opening -> primary
    4.062  b      claiming.not_eligible        claiming -> standby
    6.200  -      heal                         
    6.200  -      instance                     b quiet
    6.250  b      standby.ask                  standby
    6.251  b      standby.follow               standby
    6.455  a      attach.tighten               primary
    6.655  a      attach.propose               primary
    6.657  a      attach.accept                primary
