# The primary served alone, its standby is gone for good, and then the arbiter loses its memory: it gets it back from both others or
# not at all (E3), and without its vote the one that is gone cannot be removed. The operator stops the primary, and lets it go on
# by force without the two: the record names this server before as after, and it is promoted only under the one that is forced (P3).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 kill host b
at 5.0 kill agent w
at 5.0 lose memory of w
at 5.5 start w
at 9.0 stop a
at 10.0 start a --mc-only
at 14.0 force a for good without b w
at 24.0 members at a with w
lasts 40
must primary a at 20
never lost
expect
    0.200  -      load                         on
    1.000  -      kill                         host b
    1.000  b      instance                     down
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    5.000  -      kill                         agent w
    5.000  -      lose                         memory of w
    5.120  w      monitor                      makes a new agent
    5.500  -      start                        w
    9.000  -      stop                         a
    9.000  a      stop.primary                 primary -> leaving
    9.040  a      instance                     down, clean
    9.040  a      leaving.done                 leaving -> gone
    9.040  a      reply                        0: agent of server "a" stopped
    9.040  a      agent                        exits
   10.000  -      start                        a --mc-only
   10.000  a      recalling.done               recalling -> asking
   10.005  a      asking.known_solo            asking
   10.005  a      asking.not_wanted            asking -> idle
   14.000  -      force                        a for good without b w
   14.000  a      force.begin                  idle -> forcing
   14.000  a      forcing.start                forcing
   14.000  a      reply                        ... 0: server "a" has WAL up to 0/302C948; whether anything was acknowledged after that, nobody who is heard can tell
   14.078  a      instance                     up, standby
   14.080  a      forcing.cut                  forcing
   14.082  a      forcing.propose              forcing
   14.082  a      forcing.accept               forcing
   14.085  a      forcing.named                forcing -> promoting
   14.085  a      promoting.promote            promoting
   14.160  a      instance                     promoted to timeline 2
   14.162  a      promoting.done               promoting -> proving
   14.162  a      proving.mark                 proving
   14.167  a      proving.open                 proving -> opening
   14.169  a      gate                         open
   14.169  a      opening.done                 opening -> primary
   14.170  a      reply                        0: server "a" is the primary by force since epoch 4, with WAL up to 0/302C948
   24.000  -      members                      at a with w
   24.000  a      members.change               primary
   24.001  a      round.accept                 primary
   24.006  a      reply                        0: the voters are a, w, epoch 5
