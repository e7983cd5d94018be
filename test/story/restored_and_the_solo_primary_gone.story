# The primary had gone on alone and is gone for good, and its directory is recovered from a backup at the other server. Whether the silent one serves nobody can
# know, so nothing is opened until the operator says so; the majority that answers decides, and the server that is gone is removed.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory b
at 2.0 kill host b
at 6.0 kill host a
at 7.0 boot b
at 7.5 restore directory b from a without 5
at 8.0 start b -f
at 25.0 force b
at 30.0 members at b without a
lasts 45
never restored.propose
must force.restored on b after 25
must opening.done on b after 25
must primary b at 44
expect
    0.200  -      load                         on
    0.500  -      copy                         directory b
    2.000  -      kill                         host b
    2.000  b      instance                     down
    4.055  a      detach.lost                  primary
    4.058  a      round.accept                 primary
    4.061  a      names.follow_record          primary
    6.000  -      kill                         host a
    6.000  a      instance                     down
    7.000  -      boot                         b
    7.500  -      restore                      directory b from a without 5
    8.000  -      start                        b -f
    8.000  b      recalling.done               recalling -> asking
    8.028  b      asking.round                 asking
    8.036  b      asking.seek                  asking -> seeking
   25.000  -      force                        b
   25.000  b      force.restored               seeking -> forcing
   25.000  b      forcing.propose_restored     forcing
   25.000  b      reply                        ... 0: server "b" has WAL up to 0/3017BD8; whether anything was acknowledged after that, nobody who is heard can tell
   25.003  b      forcing.accept               forcing
   25.007  b      forcing.restored_named       forcing -> asking
   25.007  b      restored.identity            asking
   25.013  b      asking.start_primary         asking -> starting
   25.113  b      instance                     up, primary, closed
   25.113  b      starting.up                  starting -> proving
   25.113  b      proving.open                 proving -> opening
   25.115  b      gate                         open
   25.115  b      opening.done                 opening -> primary
   25.116  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/3017BD8
   30.000  -      members                      at b without a
   30.000  b      members.change               primary
   30.003  b      round.accept                 primary
   30.008  b      reply                        0: the voters are b, w, epoch 5
