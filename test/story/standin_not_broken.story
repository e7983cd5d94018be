# The network between the two is cut. Both servers are well, and the command says so on either side: nobody decides alone,
# and the cluster goes on when the network is back. A switch of automatic that came in the middle waits.
servers a b
primary a
automatic on
silence command
begins switchable
at 0.1 load on
at 9.0 cut a b
at 45.0 heal
lasts 60
must standin.ask on a after 20
must standin.ask on b by 13
must nobody at 40
must switchable at 59
never lost
never two acknowledging
never standin.detach
never claim.stand_in
expect
    0.100  -      load                         on
    9.000  -      cut                          a b
   10.262  a      lease.out                    primary -> cutting
   10.263  a      instance                     down
   10.292  a      cutting.proved               cutting -> fenced
   10.292  a      cut.majority_back            fenced -> asking
   10.292  a      asking.round                 asking
   11.055  b      standin.ask                  standby
   11.205  b      command                      asks about a: no
   13.055  b      standin.ask                  standby
   13.205  b      command                      asks about a: no
   15.055  b      standin.ask                  standby
   15.205  b      command                      asks about a: no
   19.892  a      standin.ask                  asking
   20.042  a      command                      asks about b: no
   21.892  a      standin.ask                  asking
   22.042  a      command                      asks about b: no
   23.892  a      standin.ask                  asking
   24.042  a      command                      asks about b: no
   25.892  a      standin.ask                  asking
   26.042  a      command                      asks about b: no
   45.000  -      heal                         
   45.050  a      asking.round                 asking
   45.058  a      asking.start_primary         asking -> starting
   45.149  a      instance                     up, primary, closed
   45.150  a      starting.up                  starting -> proving
   45.150  a      proving.names                proving
   45.455  a      proving.open                 proving -> opening
   45.457  a      gate                         open
   45.457  a      opening.done                 opening -> primary
