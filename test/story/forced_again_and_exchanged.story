# A force is accepted by its own voter alone when its host dies. The directory is replaced by a recovery and forced again, while the first record is completed, which names the directory that is gone: the second
# word is about the second one, and does not take that record for its own.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory b
at 1.0 kill host b
at 5.0 kill host a
at 6.0 boot b
at 6.5 start b
at 14.9 trap b after persist 2 kill host
at 15.0 force b
at 20.5 kill host w
at 21.0 boot b
at 21.2 restore directory b from a without 20
at 21.5 start b --mc-only
at 30.0 boot w
at 30.0 disk of w slow 0.4
at 30.2 start w
at 30.9 force b
at 33.0 disk of w works
at 59 load on
lasts 61
must opening.done on b by 60
never restored.propose
expect
    0.200  -      load                         on
    0.500  -      copy                         directory b
    1.000  -      kill                         host b
    1.000  b      instance                     down
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    5.000  -      kill                         host a
    5.000  a      instance                     down
    6.000  -      boot                         b
    6.500  -      start                        b
    6.500  b      recalling.done               recalling -> asking
    6.510  b      asking.round                 asking
    6.517  b      asking.seek                  asking -> seeking
   14.900  -      trap                         b after persist 2 kill host
   15.000  -      force                        b
   15.000  b      force.begin                  seeking -> forcing
   15.000  b      forcing.start                forcing
   15.000  b      reply                        ... 0: server "b" has WAL up to 0/30059B0; whether anything was acknowledged after that, nobody who is heard can tell
   15.064  b      instance                     up, standby
   15.066  b      forcing.cut                  forcing
   15.068  b      forcing.propose              forcing
   15.071  b      forcing.accept               forcing
   15.073  -      trap                         springs on b
   15.073  b      instance                     down
   20.500  -      kill                         host w
   21.000  -      boot                         b
   21.200  -      restore                      directory b from a without 20
   21.500  -      start                        b --mc-only
   21.500  b      recalling.done               recalling -> asking
   30.000  -      boot                         w
   30.000  -      disk                         of w slow 0.4
   30.200  -      start                        w
   30.207  b      asking.round                 asking
   30.900  -      force                        b
   30.900  b      force.restored               asking -> forcing
   30.900  b      reply                        ... 0: server "b" has WAL up to 0/3012278; whether anything was acknowledged after that, nobody who is heard can tell
   31.084  b      forcing.propose_restored     forcing
   33.000  -      disk                         of w works
   33.257  b      forcing.accept               forcing
   33.564  b      forcing.restored_named       forcing -> asking
   33.564  b      restored.identity            asking
   33.570  b      asking.start_primary         asking -> starting
   33.643  b      instance                     up, primary, closed
   33.644  b      starting.up                  starting -> proving
   33.644  b      proving.open                 proving -> opening
   33.646  b      gate                         open
   33.646  b      opening.done                 opening -> primary
   33.647  b      reply                        0: server "b" is the primary by force since epoch 5, with WAL up to 0/3012278
   35.646  b      setting.change               primary
   35.999  b      round.accept                 primary
   59.000  -      load                         on
