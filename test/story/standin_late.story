# The primary's own disk is slow to remember its promise: when a majority is there, the window has passed. The vote is not
# stood in for any more; an operator's word is needed.
servers a b
primary a
automatic on
silence command
begins switchable
at 0.1 load on
at 9.0 kill host b
at 19.0 command of a says well
at 25.0 command of a says truth
at 25.9 disk of a hangs
at 26.95 disk of a works
lasts 45
must standin.late on a
must nobody at 44
never lost
expect
    0.100  -      load                         on
    9.000  -      kill                         host b
    9.000  b      instance                     down
   10.262  a      lease.out                    primary -> cutting
   10.263  a      instance                     down
   10.292  a      cutting.proved               cutting -> fenced
   10.292  a      cut.majority_back            fenced -> asking
   10.292  a      asking.round                 asking
   19.000  -      command                      of a says well
   19.892  a      standin.ask                  asking
   20.042  a      command                      asks about b: no
   21.892  a      standin.ask                  asking
   22.042  a      command                      asks about b: no
   23.892  a      standin.ask                  asking
   24.042  a      command                      asks about b: no
   25.000  -      command                      of a says truth
   25.892  a      standin.ask                  asking
   25.900  -      disk                         of a hangs
   26.042  a      command                      asks about b: yes
   26.042  a      standin.detach               asking
   26.950  -      disk                         of a works
   26.952  a      standin.late                 asking
