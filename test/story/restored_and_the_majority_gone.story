# The primary and the arbiter are gone for good, and the directory of the server that is left is lost, too: what was recovered from its backup is opened by the
# operator's word (E5), as it lies: it has ended already, and is no standby that could be cut or promoted. What may be lost is said before.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory b
at 2.0 kill host a
at 2.0 kill host w
at 2.0 kill host b
at 6.0 boot b
at 6.5 restore directory b from a without 5
at 7.0 start b -f
at 15.0 force b without a w
lasts 25
must force.restored on b after 15
must forcing.propose_restored on b after 15
must asking.start_primary on b after 15
must forcing.restored_named on b after 15
must opening.done on b after 15
must primary b at 24
never promoting.promote on b
expect
    0.200  -      load                         on
    0.500  -      copy                         directory b
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host w
    2.000  -      kill                         host b
    2.000  b      instance                     down
    6.000  -      boot                         b
    6.500  -      restore                      directory b from a without 5
    7.000  -      start                        b -f
    7.000  b      recalling.done               recalling -> asking
   15.000  -      force                        b without a w
   15.000  b      force.restored               asking -> forcing
   15.000  b      forcing.propose_restored     forcing
   15.000  b      reply                        ... 0: server "b" has WAL up to 0/300B0E0; whether anything was acknowledged after that, nobody who is heard can tell
   15.001  b      forcing.accept               forcing
   15.002  b      forcing.restored_named       forcing -> asking
   15.002  b      restored.identity            asking
   15.009  b      asking.start_primary         asking -> starting
   15.071  b      instance                     up, primary, closed
   15.073  b      starting.up                  starting -> proving
   15.073  b      proving.open                 proving -> opening
   15.075  b      gate                         open
   15.075  b      opening.done                 opening -> primary
   15.205  b      reply                        0: server "b" is the primary by force since epoch 3, with WAL up to 0/300B0E0
