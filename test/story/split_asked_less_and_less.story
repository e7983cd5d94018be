# A primary sleeps over what an operator forces, in the middle of letting the other one go, and has accepted a record of its own: two lines. Who
# serves asks the other's voter for a change, and is refused; less and less often, for only an operator can end that (E5).
servers a b
primary a
automatic on
begins switchable
at 0.1 load on
at 14.0 trap primary after persist 4 freeze host
at 15.0 detach primary b
at 18.0 force b
at 20.0 force b without a
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
   18.000  -      force                        b
   18.000  b      reply                        ... 0: server "b" has WAL up to 0/3052A08; whether anything was acknowledged after that, nobody who is heard can tell
   18.000  b      reply                        3: refused: the loss is accepted by mc_ctl switch --force --without a
   20.000  -      force                        b without a
   20.000  b      force.begin                  standby -> forcing
   20.000  b      forcing.cut                  forcing
   20.000  b      reply                        ... 0: server "b" has WAL up to 0/3052A08; whether anything was acknowledged after that, nobody who is heard can tell
   20.002  b      forcing.propose              forcing
   20.003  b      forcing.accept               forcing
   20.004  b      forcing.named                forcing -> promoting
   20.004  b      promoting.promote            promoting
   20.078  b      instance                     promoted to timeline 2
   20.080  b      promoting.done               promoting -> proving
   20.080  b      proving.names                proving
   20.083  b      proving.mark                 proving
   20.088  b      proving.open                 proving -> opening
   20.090  b      opening.done                 opening -> primary
   20.255  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/3052A08
   24.000  -      thaw                         all
   24.000  -      start                        b
   24.000  a      lease.out                    primary -> cutting
   24.001  b      reply                        0: the agent of server "b" has taken the command
   24.003  a      instance                     down
   24.030  a      cutting.proved               cutting -> fenced
   24.030  a      cut.majority_back            fenced -> asking
   24.030  a      split.waits                  asking -> idle
   25.000  a      reply                        1: refused "detach": the primary does not answer
