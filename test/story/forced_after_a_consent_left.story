# A primary that has consented, and reaches nobody, is being forced when the arbiter is back: the force is left. Its instance runs as a standby by then, and it may not open under the record
# that it has consented under, in the same run of its agent: it takes the role back by a later one (P7).
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 6.000 cut agents a b
at 6.000 cut agents a w
at 6.05 kill instance a
at 6.1 kill host b for good
at 6.1 kill host w
at 7.0 boot w
at 7.5 start w
at 15.0 force a without b w
at 15.010 heal a w
lasts 60
must force.begin on a
must asking.consented on a
must primary a at 40
never lost
expect
    0.200  -      load                         on
    6.000  -      cut                          agents a b
    6.000  -      cut                          agents a w
    6.050  -      kill                         instance a
    6.050  a      primary.gone                 primary -> failing
    6.053  a      instance                     down
    6.055  a      failing.handover             failing -> consenting
    6.100  -      kill                         host b for good
    6.100  b      instance                     down
    6.100  -      kill                         host w
    7.000  -      boot                         w
    7.500  -      start                        w
   15.000  -      force                        a without b w
   15.000  a      force.begin                  consenting -> forcing
   15.000  a      forcing.start                forcing
   15.000  a      reply                        ... 0: server "a" has WAL up to 0/3021638; whether anything was acknowledged after that, nobody who is heard can tell
   15.010  -      heal                         a w
   15.023  a      forcing.left_named           forcing -> deposing
   15.023  a      deposing.proved              deposing -> asking
   15.023  a      asking.round                 asking
   15.023  a      reply                        1: refused "switch --force": nothing needs to be forced: this server takes over by itself
   15.026  a      instance                     down
   15.053  a      asking.consented             asking -> consenting
   19.055  a      consenting.nobody_came       consenting
   19.058  a      round.accept                 consenting
   19.062  a      consenting.later_record      consenting -> asking
   19.062  a      asking.round                 asking
   19.070  a      asking.unpromoted            asking -> standby-starting
   19.174  a      instance                     up, standby
   19.174  a      standby_starting.up          standby-starting -> standby
   19.174  a      standby.named                standby -> promoting
   19.174  a      promoting.cut                promoting
   19.176  a      promoting.promote            promoting
   19.240  a      instance                     promoted to timeline 2
   19.242  a      promoting.done               promoting -> proving
   19.242  a      proving.names                proving
   19.257  a      proving.timeline             proving
   19.261  a      round.accept                 proving
   19.264  a      proving.mark                 proving
   19.855  a      detach.lost                  proving
   19.858  a      round.accept                 proving
   19.862  a      proving.names                proving
   19.866  a      proving.open                 proving -> opening
   19.868  a      gate                         open
   19.868  a      opening.done                 opening -> primary
