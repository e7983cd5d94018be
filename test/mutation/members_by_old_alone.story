# Without E4: lets a majority of the old voters decide on the new ones.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
rejoin rewind
seed 34
think 0.010000 0.040000
at 19.291578 kill instance primary
at 19.741352 members at primary without standby
at 35.557071 members at primary without w
at 35.801412 members at primary with w
lasts 45
never lost
