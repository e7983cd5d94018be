# A primary sleeps over what the other one decides alone, in the middle of letting it go, and has accepted a record of its own: two lines. Who
# serves asks the other's voter for a change, and is refused; less and less often, for only an operator can end that (E5).
servers a b
primary a
automatic on
silence command
begins switchable
at 0.1 load on
at 14.0 trap primary after persist 4 freeze host
at 15.0 detach primary b
at 24.0 thaw all
at 24.0 start b
lasts 60
must primary b at 23
must primary b at 59
never lost
expect
    0.100  -      load                         on
   14.000  -      trap                         primary after persist 4 freeze host
   15.000  -      detach                       primary b
   15.000  a      apart.change                 primary
   15.002  a      round.accept                 primary
   15.006  a      detach.leaving               primary
   15.010  a      round.accept                 primary
   17.055  b      standin.ask                  standby
   17.205  b      command                      asks about a: yes
   17.205  b      claim.stand_in               standby -> claiming
   17.206  b      claiming.cut                 claiming
   17.212  b      claiming.accept              claiming
   17.213  b      standby.named                claiming -> promoting
   17.213  b      promoting.promote            promoting
   17.267  b      instance                     promoted to timeline 2
   17.269  b      promoting.done               promoting -> proving
   17.269  b      proving.mark                 proving
   17.274  b      proving.open                 proving -> opening
   17.276  b      opening.done                 opening -> primary
   24.000  -      thaw                         all
   24.000  -      start                        b
   24.000  a      lease.out                    primary -> cutting
   24.000  b      apart.change                 primary
   24.001  b      reply                        0: the agent of server "b" has taken the command
   24.003  a      instance                     down
   24.021  b      apart.change                 primary
   24.030  a      cutting.proved               cutting -> fenced
   24.030  a      cut.majority_back            fenced -> asking
   24.030  a      split.waits                  asking -> idle
   25.000  a      reply                        1: refused "detach": the primary does not answer
