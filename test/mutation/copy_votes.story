# Without E3: lets a voter restored from a copy vote.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 559
think 0.040000 0.120000
at 3.538443 cut b
at 3.538443 copy memory of w
at 6.738443 cut a
at 6.738443 kill agent w
at 6.738443 old memory of w safely
at 6.738443 heal b w
lasts 10
never lost
