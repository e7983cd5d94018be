# A standby has much to replay: a switch waits a minute for it and is refused then. Nobody is cut off for it.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 5.000 instance b replay lags 1000
at 60.000 switch b
at 130.0 instance b replay lags 0
lasts 140
must primary a at 139
must switch.waited on a
never switch.stop
never lost
never two acknowledging
expect
    5.000  -      instance                     b replay lags 1000
   60.000  -      switch                       b
   60.000  b      reply                        ... 0: switch to server "b": checkpoints on both sides first, nobody is cut off yet
  120.030  a      switch.waited                primary
  120.030  b      reply                        3: refused "switch": the standby has more than 1 MB of WAL to replay; a paused replay goes on with pg_wal_replay_resume()
  130.000  -      instance                     b replay lags 0
