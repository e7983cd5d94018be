# With fallback silence itself is the vote. The network is cut: the standby takes over within its window, the primary lets it
# go after that: two lines. That is what fallback means, and what it warns of.
servers a b
primary a
automatic on
silence fallback
begins switchable
at 0.1 load on
at 9.0 kill instance b
at 9.0 kill host b
lasts 40
must standin.detach on a after 19
must solo at 39
never lost
never standin.ask
expect
    0.100  -      load                         on
    9.000  -      kill                         instance b
    9.000  -      kill                         host b
    9.000  b      instance                     down
   10.262  a      lease.out                    primary -> cutting
   10.263  a      instance                     down
   10.292  a      cutting.proved               cutting -> fenced
   10.292  a      cut.majority_back            fenced -> asking
   10.292  a      asking.round                 asking
   19.892  a      standin.detach               asking
   19.893  a      round.accept                 asking
   19.894  a      asking.start_primary         asking -> starting
   19.978  a      instance                     up, primary, closed
   19.979  a      starting.up                  starting -> proving
   19.979  a      proving.mark                 proving
   19.984  a      proving.open                 proving -> opening
   19.986  a      gate                         open
   19.986  a      opening.done                 opening -> primary
