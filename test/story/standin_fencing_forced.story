# A4: so does an operator's force; --no-fencing goes on without.
servers a b
primary a
automatic off
silence command
fencing on
begins switchable
at 0.1 load on
at 0.2 command of b fences nobody
at 1.0 kill host a
at 6.0 force b without a
at 12.0 force b no fencing without a
lasts 25
must fencing.failed on b by 8
must nobody at 11
must primary b at 24
expect
    0.100  -      load                         on
    0.200  -      command                      of b fences nobody
    1.000  -      kill                         host a
    1.000  a      instance                     down
    6.000  -      force                        b without a
    6.000  b      reply                        ... 0: server "b" has WAL up to 0/3005820; whether anything was acknowledged after that, nobody who is heard can tell
    6.000  b      fencing.begun                command switch a
    6.400  b      fencing.failed               a
    6.400  b      reply                        3: refused "switch --force": the fencing command here did not isolate the other server, the log says why; --no-fencing goes on without
   12.000  -      force                        b no fencing without a
   12.000  b      force.begin                  standby -> forcing
   12.000  b      forcing.cut                  forcing
   12.000  b      reply                        ... 0: server "b" has WAL up to 0/3005820; whether anything was acknowledged after that, nobody who is heard can tell
   12.002  b      forcing.propose              forcing
   12.003  b      forcing.accept               forcing
   12.004  b      forcing.named                forcing -> promoting
   12.004  b      promoting.promote            promoting
   12.080  b      instance                     promoted to timeline 2
   12.082  b      promoting.done               promoting -> proving
   12.082  b      proving.names                proving
   12.085  b      proving.mark                 proving
   12.090  b      proving.open                 proving -> opening
   12.092  b      opening.done                 opening -> primary
   12.205  b      reply                        0: server "b" is the primary by force since epoch 4, with WAL up to 0/3005820
