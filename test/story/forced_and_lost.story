# A directory that was recovered from a backup is forced, and lost while the voters decide: there is nothing left to open here, and that is said, not that another was put
# in its place. The former standby, which comes back, is what is left: it is forced where it runs.
servers a b c
arbiters w v
primary a
automatic on
rejoin copy
begins switchable
eligible 2
at 0.2 load on
at 0.5 copy directory b
at 2.0 kill host b
at 6.0 kill host c
at 9.0 kill host a
at 10.0 boot b
at 10.5 restore directory b from a without 5
at 11.0 start b -f
at 24.0 disk of w slow 0.4
at 24.0 disk of v slow 0.4
at 25.0 force b
at 25.2 remove directory b
at 26.0 disk of w works
at 26.0 disk of v works
at 40.0 boot c
at 40.5 start c -f
at 60.0 force c
lasts 90
must forcing.left on b by 26
must primary c at 84
expect
    0.200  -      load                         on
    0.500  -      copy                         directory b
    2.000  -      kill                         host b
    2.000  b      instance                     down
    3.862  a      detach.lost                  primary
    3.866  a      round.accept                 primary
    3.869  a      names.follow_record          primary
    6.000  -      kill                         host c
    6.000  c      instance                     down
    8.055  a      detach.lost                  primary
    8.058  a      round.accept                 primary
    8.062  a      names.follow_record          primary
    9.000  -      kill                         host a
    9.000  a      instance                     down
   10.000  -      boot                         b
   10.500  -      restore                      directory b from a without 5
   11.000  -      start                        b -f
   11.000  b      recalling.done               recalling -> asking
   11.035  b      asking.round                 asking
   11.205  b      asking.seek                  asking -> seeking
   24.000  -      disk                         of w slow 0.4
   24.000  -      disk                         of v slow 0.4
   25.000  -      force                        b
   25.000  b      force.restored               seeking -> forcing
   25.000  b      forcing.propose_restored     forcing
   25.000  b      reply                        ... 0: server "b" has WAL up to 0/301C980; whether anything was acknowledged after that, nobody who is heard can tell
   25.200  -      remove                       directory b
   25.205  b      forcing.left                 forcing -> asking
   25.205  b      reply                        1: refused "switch --force": there is no data directory of this cluster here that could be opened
   25.326  b      forcing.round_left           asking
   25.367  b      asking.round                 asking
   26.000  -      disk                         of w works
   26.000  -      disk                         of v works
   26.100  b      asking.no_directory          asking -> idle
   40.000  -      boot                         c
   40.500  -      start                        c -f
   40.500  c      recalling.done               recalling -> asking
   40.523  c      asking.round                 asking
   41.006  c      asking.seek                  asking -> seeking
   60.000  -      force                        c
   60.000  c      force.begin                  seeking -> forcing
   60.000  c      forcing.start                forcing
   60.000  c      reply                        ... 0: server "c" has WAL up to 0/30168F0; whether anything was acknowledged after that, nobody who is heard can tell
   60.066  c      instance                     up, standby
   60.068  c      forcing.cut                  forcing
   60.070  c      forcing.propose              forcing
   60.273  c      forcing.accept               forcing
   60.598  c      forcing.named                forcing -> promoting
   60.598  c      promoting.promote            promoting
   60.671  c      instance                     promoted to timeline 2
   60.672  c      promoting.done               promoting -> proving
   60.672  c      proving.mark                 proving
   60.677  c      proving.open                 proving -> opening
   60.679  c      gate                         open
   60.679  c      opening.done                 opening -> primary
   60.680  c      reply                        0: server "c" is the primary by force since epoch 6, with WAL up to 0/30168F0
