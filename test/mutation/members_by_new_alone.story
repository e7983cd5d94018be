# Without E4: lets a majority of the new voters decide that they are the voters.
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
lasts 45
never lost
