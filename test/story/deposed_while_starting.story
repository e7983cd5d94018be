# A primary that takes long to start is replaced meanwhile: it learns of it before it is up, and stops.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.5 instance a start lags 5
at 1.0 kill host a
at 1.1 boot a
at 1.2 start a
at 1.8 cut a
at 4.8 heal
lasts 20
must primary.deposed_starting on a by 6
must primary b at 8
must switchable at 20
never two acknowledging
never lost
expect
    0.500  -      instance                     a start lags 5
    1.000  -      kill                         host a
    1.000  a      instance                     down
    1.100  -      boot                         a
    1.200  -      start                        a
    1.200  a      recalling.done               recalling -> asking
    1.214  a      asking.round                 asking
    1.614  a      asking.start_primary         asking -> starting
    1.800  -      cut                          a
    3.638  b      claim.silent                 standby -> claiming
    3.641  b      claiming.cut                 claiming
    3.647  b      claiming.accept              claiming
    3.651  b      standby.named                claiming -> promoting
    3.651  b      promoting.promote            promoting
    3.709  b      instance                     promoted to timeline 2
    3.710  b      promoting.done               promoting -> proving
    3.710  b      proving.mark                 proving
    3.715  b      proving.open                 proving -> opening
    3.717  b      opening.done                 opening -> primary
    4.800  -      heal                         
    4.800  a      primary.deposed_starting     starting -> deposing
    4.801  a      instance                     down
    4.805  a      deposing.proved              deposing -> asking
    4.805  a      asking.round                 asking
    4.838  a      asking.seek                  asking -> seeking
    4.838  a      seeking.ask                  seeking
    4.839  a      standby.take_chain           seeking
    4.844  a      seeking.start                seeking -> standby-starting
    9.948  a      instance                     up, standby
    9.950  a      standby_starting.up          standby-starting -> standby
    9.950  a      standby.open                 standby
    9.950  a      standby.ask                  standby
   10.055  b      attach.tighten               primary
   10.255  b      attach.propose               primary
   10.258  b      attach.accept                primary
