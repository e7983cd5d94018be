# As forced_alone_and_dies, with automatic off: an instance that ends is left down then, but the word that was given for it goes on, as long as there are attempts.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 0.2 load on
at 2.0 kill host a
at 2.0 kill host w
at 15.0 force b without a w
at 15.064 kill instance b
lasts 26
must force.again on b
must primary b at 25
expect
    0.200  -      load                         on
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.000  -      kill                         host w
   15.000  -      force                        b without a w
   15.000  b      force.begin                  standby -> forcing
   15.000  b      forcing.cut                  forcing
   15.000  b      reply                        ... 0: server "b" has WAL up to 0/300B130; whether anything was acknowledged after that, nobody who is heard can tell
   15.002  b      forcing.propose              forcing
   15.003  b      forcing.accept               forcing
   15.004  b      forcing.named                forcing -> promoting
   15.004  b      promoting.promote            promoting
   15.061  b      instance                     promoted to timeline 2
   15.062  b      promoting.done               promoting -> proving
   15.062  b      proving.names                proving
   15.064  -      kill                         instance b
   15.064  b      primary.gone                 proving -> failing
   15.065  b      instance                     down
   15.094  b      failing.unattended           failing -> staying-down
   15.094  b      force.again                  staying-down -> asking
   15.094  b      asking.known_solo            asking
   15.094  b      asking.start_primary         asking -> starting
   15.168  b      instance                     up, primary, closed
   15.170  b      starting.up                  starting -> proving
   15.170  b      proving.mark                 proving
   15.175  b      proving.open                 proving -> opening
   15.177  b      gate                         open
   15.177  b      opening.done                 opening -> primary
   15.205  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/300B130
