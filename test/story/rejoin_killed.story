# The agent dies while it makes the directory over, and again in the middle: what is half made over is never started,
# and made over from the beginning.
servers a b
arbiters w
primary a
automatic on
rejoin rewind
begins switchable
at 1.95 cut wal a b
at 2.0 cut a
at 2.1 kill host a
at 6.0 boot a
at 6.0 heal
at 6.0 start a
at 6.4 kill agent a
at 7.6 kill agent a
at 8.8 kill host a
at 9.0 boot a
at 9.0 start a
lasts 30
must seeking.rejoin_interrupted on a
must asking.interrupted on a
must switchable at 30
never lost
expect
    1.950  -      cut                          wal a b
    2.000  -      cut                          a
    2.100  -      kill                         host a
    2.100  a      instance                     down
    3.862  b      claim.silent                 standby -> claiming
    3.866  b      claiming.cut                 claiming
    3.872  b      claiming.accept              claiming
    3.876  b      standby.named                claiming -> promoting
    3.876  b      promoting.promote            promoting
    3.956  b      instance                     promoted to timeline 2
    3.958  b      promoting.done               promoting -> proving
    3.958  b      proving.mark                 proving
    3.963  b      proving.open                 proving -> opening
    3.965  b      opening.done                 opening -> primary
    6.000  -      boot                         a
    6.000  -      heal                         
    6.000  -      start                        a
    6.000  a      recalling.done               recalling -> asking
    6.028  a      asking.round                 asking
    6.185  a      asking.seek                  asking -> seeking
    6.185  a      seeking.ask                  seeking
    6.188  a      seeking.rejoin               seeking -> rejoining
    6.400  -      kill                         agent a
    6.520  a      monitor                      makes a new agent
    6.520  a      recalling.done               recalling -> asking
    6.533  a      asking.round                 asking
    6.540  a      asking.interrupted           asking -> seeking
    6.540  a      seeking.rejoin_interrupted   seeking -> rejoining
    7.600  -      kill                         agent a
    7.720  a      monitor                      makes a new agent
    7.720  a      recalling.done               recalling -> asking
    7.757  a      asking.round                 asking
    7.764  a      asking.interrupted           asking -> seeking
    7.764  a      seeking.rejoin_interrupted   seeking -> rejoining
    8.800  -      kill                         host a
    9.000  -      boot                         a
    9.000  -      start                        a
    9.000  a      recalling.done               recalling -> asking
    9.006  a      asking.round                 asking
    9.014  a      asking.interrupted           asking -> seeking
    9.028  a      seeking.rejoin_interrupted   seeking -> rejoining
   11.005  a      rejoining.done               rejoining -> asking
   11.005  a      asking.round                 asking
   11.012  a      asking.name_copy             asking
   11.017  a      asking.seek                  asking -> seeking
   11.017  a      seeking.ask                  seeking
   11.017  a      seeking.start                seeking -> standby-starting
   11.083  a      instance                     up, standby
   11.085  a      standby_starting.up          standby-starting -> standby
   11.085  a      standby.open                 standby
   11.255  b      attach.tighten               primary
   11.455  b      attach.propose               primary
   11.458  b      attach.accept                primary
