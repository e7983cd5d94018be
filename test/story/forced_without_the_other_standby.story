# One of two standbys acknowledges each commit, and the primary is lost with one of them. The other hears a majority, and may
# lack what the lost one had: it does not take over unasked, and an operator may force it. Here it lacks nothing, and both follow.
servers a b c
arbiters v w
primary a
automatic on
eligible 2
quorum 1
begins switchable
at 1.0 kill host a
at 1.0 kill host b
at 10.0 force c
at 30.0 boot b
at 30.5 start b -f
at 32.0 boot a
at 32.5 start a -f
lasts 60
must nobody at 9
must primary c at 20
must primary c at 59
must switchable at 59
never two acknowledging
expect
    1.000  -      kill                         host a
    1.000  a      instance                     down
    1.000  -      kill                         host b
    1.000  b      instance                     down
    2.862  c      claim.silent                 standby -> claiming
    2.865  c      claiming.cut                 claiming
    3.065  c      claiming.ask                 claiming
    6.865  c      claiming.behind              claiming -> standby
    6.865  c      standby.follow               standby
    7.365  c      claim.silent                 standby -> claiming
    7.368  c      claiming.cut                 claiming
    7.568  c      claiming.ask                 claiming
   10.000  -      force                        c
   10.000  c      reply                        ... 0: server "c" has WAL up to 0/30058E8; whether anything was acknowledged after that, nobody who is heard can tell
   10.168  c      claiming.ask                 claiming
   11.368  c      claiming.behind              claiming -> standby
   11.368  c      force.begin                  standby -> forcing
   11.368  c      forcing.cut                  forcing
   11.533  c      forcing.propose              forcing
   11.536  c      forcing.accept               forcing
   11.540  c      forcing.named                forcing -> promoting
   11.540  c      promoting.promote            promoting
   11.602  c      instance                     promoted to timeline 2
   11.602  c      promoting.done               promoting -> proving
   11.602  c      proving.names                proving
   11.605  c      proving.mark                 proving
   11.610  c      proving.open                 proving -> opening
   11.612  c      opening.done                 opening -> primary
   11.612  c      reply                        0: server "c" is the primary by force since epoch 4, with WAL up to 0/30058E8
   30.000  -      boot                         b
   30.500  -      start                        b -f
   30.500  b      recalling.done               recalling -> asking
   30.537  b      asking.round                 asking
   30.606  b      asking.seek                  asking -> seeking
   30.606  b      seeking.ask                  seeking
   30.608  b      standby.take_chain           seeking
   30.613  b      seeking.start                seeking -> standby-starting
   30.720  b      instance                     up, standby
   30.721  b      standby_starting.up          standby-starting -> standby
   30.721  b      standby.open                 standby
   30.905  c      attach.tighten               primary
   31.055  c      attach.propose               primary
   31.059  c      attach.accept                primary
   32.000  -      boot                         a
   32.500  -      start                        a -f
   32.500  a      recalling.done               recalling -> asking
   32.526  a      asking.round                 asking
   32.769  a      asking.seek                  asking -> seeking
   32.769  a      seeking.ask                  seeking
   32.771  a      standby.take_chain           seeking
   32.776  a      seeking.start                seeking -> standby-starting
   32.864  a      instance                     up, standby
   32.866  a      standby_starting.up          standby-starting -> standby
   32.866  a      standby.open                 standby
   33.055  c      attach.tighten               primary
   33.255  c      attach.propose               primary
   33.258  c      attach.accept                primary
   33.262  c      names.follow_record          primary
