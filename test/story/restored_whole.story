# Every server was lost, the primary's disk with it. What was recovered from its backup reaches as far as the standby: the
# record goes on, and nothing is lost. All WAL of the standby is in what the recovery has followed: it follows, as it is.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory a
at 2.0 load off
at 3.0 kill host a
at 3.0 kill host b
at 5.0 boot a
at 5.0 boot b
at 6.0 restore directory a
at 6.5 start b
at 8.0 start a -f
lasts 20
must primary a at 12
must switchable at 12
never lost
never two acknowledging
expect
    0.200  -      load                         on
    0.500  -      copy                         directory a
    2.000  -      load                         off
    3.000  -      kill                         host a
    3.000  a      instance                     down
    3.000  -      kill                         host b
    3.000  b      instance                     down
    5.000  -      boot                         a
    5.000  -      boot                         b
    6.000  -      restore                      directory a
    6.500  -      start                        b
    6.500  b      recalling.done               recalling -> asking
    6.505  b      asking.round                 asking
    6.513  b      asking.start_standby         asking -> standby-starting
    6.576  b      instance                     up, standby
    6.577  b      standby_starting.up          standby-starting -> standby
    6.577  b      standby.open                 standby
    8.000  -      start                        a -f
    8.000  a      recalling.done               recalling -> asking
    8.014  a      asking.round                 asking
    8.014  b      standby.follow               standby
    8.416  a      restored.propose             asking
    8.419  a      round.accept                 asking
    8.422  a      restored.identity            asking
    8.428  a      asking.start_primary         asking -> starting
    8.516  a      instance                     up, primary, closed
    8.516  a      starting.up                  starting -> proving
    8.516  a      proving.open                 proving -> opening
    8.518  a      gate                         open
    8.518  a      opening.done                 opening -> primary
    8.518  b      standby.ask                  standby
    8.519  b      standby.take_chain           standby
    8.524  b      standby.follow               standby
    8.705  a      attach.tighten               primary
    8.805  a      attach.propose               primary
    8.808  a      attach.accept                primary
