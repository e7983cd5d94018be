# The primary was alone when its disk was lost: nobody else knows what it had acknowledged. The recovery may lack some
# of it, so it opens another line; the standby that comes later gets a new copy. Its agent dies when the record is chosen
# and before the directory has its identity: the receipt is still there, and the next run goes on.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory a
at 1.0 kill host b
at 5.0 kill host a
at 6.0 boot a
at 6.5 restore directory a without 10
at 7.0 trap a before directory 1 kill
at 7.0 start a -f
at 14.0 boot b
at 14.0 backup directory a to b
at 15.0 start b -f
lasts 30
must primary a at 13
must switchable at 29
never lost
never two acknowledging
expect
    0.200  -      load                         on
    0.500  -      copy                         directory a
    1.000  -      kill                         host b
    1.000  b      instance                     down
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    5.000  -      kill                         host a
    5.000  a      instance                     down
    6.000  -      boot                         a
    6.500  -      restore                      directory a without 10
    7.000  -      trap                         a before directory 1 kill
    7.000  -      start                        a -f
    7.000  a      recalling.done               recalling -> asking
    7.040  a      asking.round                 asking
    9.005  a      restored.propose             asking
    9.008  a      round.accept                 asking
    9.012  a      restored.identity            asking
    9.013  -      trap                         springs on a
    9.133  a      monitor                      makes a new agent
    9.133  a      recalling.done               recalling -> asking
    9.138  a      asking.known_solo            asking
    9.138  a      restored.identity            asking
    9.143  a      asking.start_primary         asking -> starting
    9.207  a      instance                     up, primary, closed
    9.207  a      starting.up                  starting -> proving
    9.207  a      proving.open                 proving -> opening
    9.209  a      gate                         open
    9.209  a      opening.done                 opening -> primary
   14.000  -      boot                         b
   14.000  -      backup                       directory a to b
   15.000  -      start                        b -f
   15.000  b      recalling.done               recalling -> asking
   15.025  b      asking.round                 asking
   15.189  b      asking.name_copy             asking
   15.195  b      asking.seek                  asking -> seeking
   15.195  b      seeking.ask                  seeking
   15.196  b      seeking.start                seeking -> standby-starting
   15.275  b      instance                     up, standby
   15.276  b      standby_starting.up          standby-starting -> standby
   15.276  b      standby.open                 standby
   15.405  a      attach.tighten               primary
   15.538  a      attach.propose               primary
   15.542  a      attach.accept                primary
