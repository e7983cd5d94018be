# Only the agent of a server is started, whose directory was recovered from a backup. Its force comes to nothing, for the primary is back. When that one dies later with its standby, the backup is not opened: nobody has
# said mc_ctl start there, which is the word for that.
servers a b c
arbiters w v
primary a
automatic on
begins switchable
eligible 2
at 0.2 load on
at 0.5 copy directory b
at 2.0 stop b
at 5.0 kill host c
at 8.0 kill host a
at 8.5 restore directory b from a without 20
at 9.0 start b --mc-only
at 19.0 disk of w slow 0.4
at 19.0 disk of v slow 0.4
at 19.9 force b
at 19.95 boot a
at 20.0 start a -f
at 22.0 disk of w works
at 22.0 disk of v works
at 22.0 boot c
at 22.5 start c -f
at 50.0 kill host c
at 50.0 kill host a
at 55.0 kill agent b
lasts 90
never restored.propose
expect
    0.200  -      load                         on
    0.500  -      copy                         directory b
    2.000  -      stop                         b
    2.000  b      stop.standby                 standby -> standby-leaving
    2.000  a      detach.leaving               primary
    2.003  a      round.accept                 primary
    2.006  a      names.follow_record          primary
    2.007  b      stop.detached                standby-leaving -> stopping
    2.048  b      instance                     down, clean
    2.048  b      stop.nothing_runs            stopping -> gone
    2.048  b      reply                        0: agent of server "b" stopped
    2.048  b      agent                        exits
    5.000  -      kill                         host c
    5.000  c      instance                     down
    6.855  a      detach.lost                  primary
    6.858  a      round.accept                 primary
    6.862  a      names.follow_record          primary
    8.000  -      kill                         host a
    8.000  a      instance                     down
    8.500  -      restore                      directory b from a without 20
    9.000  -      start                        b --mc-only
    9.000  b      recalling.done               recalling -> asking
    9.040  b      asking.round                 asking
    9.048  b      asking.not_wanted            asking -> idle
   19.000  -      disk                         of w slow 0.4
   19.000  -      disk                         of v slow 0.4
   19.900  -      force                        b
   19.900  b      force.restored               idle -> forcing
   19.900  b      forcing.propose_restored     forcing
   19.900  b      reply                        ... 0: server "b" has WAL up to 0/3022628; whether anything was acknowledged after that, nobody who is heard can tell
   19.950  -      boot                         a
   20.000  -      start                        a -f
   20.000  a      recalling.done               recalling -> asking
   20.026  b      forcing.left                 forcing -> asking
   20.026  b      reply                        1: refused "switch --force": the primary of the record answers: mc_ctl switch, or mc_ctl stop there first
   20.030  a      asking.round                 asking
   20.174  b      forcing.round_left           asking
   20.210  b      asking.round                 asking
   21.256  a      asking.start_primary         asking -> starting
   21.327  a      instance                     up, primary, closed
   21.328  a      starting.up                  starting -> proving
   21.328  a      proving.open                 proving -> opening
   21.330  a      gate                         open
   21.330  a      opening.done                 opening -> primary
   21.867  b      asking.not_wanted            asking -> idle
   22.000  -      disk                         of w works
   22.000  -      disk                         of v works
   22.000  -      boot                         c
   22.500  -      start                        c -f
   22.500  c      recalling.done               recalling -> asking
   22.508  c      asking.round                 asking
   22.637  c      asking.seek                  asking -> seeking
   22.637  c      seeking.ask                  seeking
   22.639  c      seeking.start                seeking -> standby-starting
   22.700  c      instance                     up, standby
   22.701  c      standby_starting.up          standby-starting -> standby
   22.701  c      standby.open                 standby
   22.905  a      attach.tighten               primary
   23.005  a      attach.propose               primary
   23.008  a      attach.accept                primary
   50.000  -      kill                         host c
   50.000  c      instance                     down
   50.000  -      kill                         host a
   50.000  a      instance                     down
   55.000  -      kill                         agent b
   55.120  b      monitor                      makes a new agent
   55.120  b      recalling.done               recalling -> asking
   55.159  b      asking.round                 asking
   55.889  b      asking.not_wanted            asking -> idle
