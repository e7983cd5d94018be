# Without E5: goes on with the line after a recovery from a backup that may lack something.
servers a b c d
arbiters w
primary a
automatic on
begins switchable
eligible 2
rejoin rewind
quorum 1
seed 130
think 0.040000 0.120000
at 0.000000 attend 2.5 -f
at 6.016329 copy directory a
at 11.350055 kill host a
at 11.371702 restore directory a from b without 6 safely
lasts 20
never lost
