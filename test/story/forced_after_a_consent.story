# Automatic off: the successor of an operator's switch is gone for good before it takes the role up. Who has handed over serves no more under that record, in any run of its agent,
# but it has every commit, and an operator opens it by force: that is a later record (P7).
servers a b
primary a
automatic off
begins switchable
at 0.2 load on
at 6.000 switch a b
at 6.42 kill host b for good
at 15.0 stop a
at 20.0 start a
at 30.0 force a without b
lasts 60
must asking.handed_back on a
must primary a at 50
must outage below 40
never lost
expect
    0.200  -      load                         on
    6.000  -      switch                       a b
    6.000  a      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
    6.405  a      switch.stop                  primary -> leaving
    6.405  a      reply                        ... 0: switch to server "b": sessions end, the instance stops
    6.420  -      kill                         host b for good
    6.420  b      instance                     down
    9.825  a      instance                     down, clean
    9.825  a      leaving.switch               leaving -> consenting
   15.000  -      stop                         a
   15.000  a      consenting.stop_waited       consenting -> gone
   15.000  a      reply                        1: refused "switch": a stop or another switch is under way
   15.000  a      reply                        1: server "a" has stopped, and nobody has taken over
   15.000  a      agent                        exits
   20.000  -      start                        a
   20.000  a      recalling.done               recalling -> asking
   20.005  a      asking.handed_back           asking -> consenting
   30.000  -      force                        a without b
   30.000  a      force.begin                  consenting -> forcing
   30.000  a      forcing.start                forcing
   30.000  a      reply                        ... 0: server "a" has WAL up to 0/3023870; whether anything was acknowledged after that, nobody who is heard can tell
   30.092  a      instance                     up, standby
   30.094  a      forcing.cut                  forcing
   30.096  a      forcing.propose              forcing
   30.097  a      forcing.accept               forcing
   30.098  a      forcing.named                forcing -> promoting
   30.098  a      promoting.promote            promoting
   30.163  a      instance                     promoted to timeline 2
   30.164  a      promoting.done               promoting -> proving
   30.164  a      proving.mark                 proving
   30.169  a      proving.open                 proving -> opening
   30.171  a      gate                         open
   30.171  a      opening.done                 opening -> primary
   30.205  a      reply                        0: server "a" is the primary by force since epoch 4, with WAL up to 0/3023870
