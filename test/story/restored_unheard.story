# A primary that is alone needs nobody's leave to serve, and is cut off: from outside that looks like a host that is
# gone. What is recovered on the other server is not opened: two would serve. When the cable is back, all is as before.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 0.5 copy directory b
at 1.0 kill host b
at 6.0 boot b
at 6.5 restore directory b from a without 5
at 7.0 cut a
at 9.0 start b -f
at 20.0 heal
lasts 30
must primary a at 19
must primary a at 29
never restored.propose on b
never lost
never two acknowledging
expect
    0.200  -      load                         on
    0.500  -      copy                         directory b
    1.000  -      kill                         host b
    1.000  b      instance                     down
    3.055  a      detach.lost                  primary
    3.058  a      round.accept                 primary
    3.062  a      names.follow_record          primary
    6.000  -      boot                         b
    6.500  -      restore                      directory b from a without 5
    7.000  -      cut                          a
    9.000  -      start                        b -f
    9.000  b      recalling.done               recalling -> asking
    9.017  b      asking.round                 asking
    9.023  b      asking.seek                  asking -> seeking
   20.000  -      heal                         
   20.025  b      seeking.ask                  seeking
   20.026  b      seeking.refused              seeking -> staying-down
