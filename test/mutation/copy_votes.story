# Without E3: lets a voter restored from a copy vote.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 177
think 0.040000 0.120000
at 4.154805 cut b
at 4.154805 copy memory of w
at 7.354805 cut a
at 7.354805 kill agent w
at 7.354805 old memory of w safely
at 7.354805 heal b w
lasts 10
never lost
