# As standin_detach, but the instance of the primary does not end at once when its lease is out: it is fenced when the silence
# is noticed, and leaves that state alone.
servers a b
primary a
automatic on
silence command
begins switchable
at 0.1 load on
at 8.9 instance a computes
at 8.9 instance a cannot stop
at 9.0 kill host b
at 14.0 instance a can stop
lasts 40
must standin.alone on a after 20
must solo at 39
never lost
never two acknowledging
expect
    0.100  -      load                         on
    8.900  -      instance                     a computes
    8.900  -      instance                     a cannot stop
    9.000  -      kill                         host b
    9.000  b      instance                     down
   10.262  a      lease.out                    primary -> cutting
   10.272  a      instance                     a backend works on
   10.592  a      stop.again                   cutting
   14.000  -      instance                     a can stop
   14.225  a      instance                     down
   14.252  a      cutting.proved               cutting -> fenced
   20.052  a      standin.ask                  fenced
   20.202  a      command                      asks about b: yes
   20.202  a      standin.detach               fenced
   20.203  a      round.accept                 fenced
   20.205  a      standin.alone                fenced -> asking
   20.205  a      asking.known_solo            asking
   20.205  a      asking.start_primary         asking -> starting
   20.303  a      instance                     up, primary, closed
   20.305  a      starting.up                  starting -> proving
   20.305  a      proving.mark                 proving
   20.310  a      proving.open                 proving -> opening
   20.312  a      gate                         open
   20.312  a      opening.done                 opening -> primary
