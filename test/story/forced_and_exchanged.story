# A directory that was recovered from a backup is forced, and replaced by another recovery while the voters decide: what was shown was the end of the first one (E5), so the
# force ends, and begins when it is given again.
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
at 25.2 restore directory b from a without 1500
at 26.0 disk of w works
at 26.0 disk of v works
at 32.0 force b
at 40.0 boot c
at 40.5 start c -f
at 60.0 rejoin c
lasts 90
must forcing.left on b by 26
must primary b at 84
must switchable at 89
never lost
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
   25.200  -      restore                      directory b from a without 1500
   25.205  b      forcing.left                 forcing -> asking
   25.205  b      reply                        1: refused "switch --force": another data directory was put in place meanwhile: given again, it says what is lost of that
   25.325  b      forcing.round_left           asking
   25.366  b      asking.round                 asking
   26.000  -      disk                         of w works
   26.000  -      disk                         of v works
   26.087  b      asking.seek                  asking -> seeking
   32.000  -      force                        b
   32.000  b      force.restored               seeking -> forcing
   32.000  b      forcing.propose_restored     forcing
   32.000  b      reply                        ... 0: server "b" has WAL up to 0/300DFE8; whether anything was acknowledged after that, nobody who is heard can tell
   32.212  b      forcing.accept               forcing
   32.468  b      forcing.restored_named       forcing -> asking
   32.468  b      restored.identity            asking
   32.475  b      asking.start_primary         asking -> starting
   32.580  b      instance                     up, primary, closed
   32.581  b      starting.up                  starting -> proving
   32.581  b      proving.open                 proving -> opening
   32.583  b      gate                         open
   32.583  b      opening.done                 opening -> primary
   32.583  b      reply                        0: server "b" is the primary by force since epoch 6, with WAL up to 0/300DFE8
   40.000  -      boot                         c
   40.500  -      start                        c -f
   40.500  c      recalling.done               recalling -> asking
   40.523  c      asking.round                 asking
   41.350  c      asking.seek                  asking -> seeking
   41.350  c      seeking.ask                  seeking
   41.353  c      seeking.refused              seeking -> staying-down
   60.000  -      rejoin                       c
   60.000  c      asking.round                 asking
   60.000  c      reply                        ... 0: server "c" has WAL of its own from 0/300DFE8 to 0/30168F0, which "b" does not have
   60.000  c      reply                        0: server "c" gives up what it has of its own, after that is saved, and becomes a standby of "b"
   60.481  c      asking.seek                  asking -> seeking
   60.481  c      seeking.ask                  seeking
   60.482  c      seeking.rejoin               seeking -> rejoining
   61.105  c      rejoining.done               rejoining -> asking
   61.105  c      asking.round                 asking
   61.851  c      asking.name_copy             asking
   61.856  c      asking.seek                  asking -> seeking
   61.856  c      seeking.ask                  seeking
   61.856  c      seeking.start                seeking -> standby-starting
   61.964  c      instance                     up, standby
   61.964  c      standby_starting.up          standby-starting -> standby
   61.964  c      standby.open                 standby
   62.105  b      attach.tighten               primary
   62.205  b      attach.propose               primary
   62.356  c      standby.ask                  standby
   62.540  b      attach.accept                primary
