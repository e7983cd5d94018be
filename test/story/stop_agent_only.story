# stop --mc-only: the agent goes, the instance stays.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 stop a --mc-only
at 4.0 start a --mc-only
lasts 8
must stop.agent on a
must primary a at 3
must primary a at 8
must outage below 0.3
