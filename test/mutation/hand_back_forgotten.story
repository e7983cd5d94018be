# Without P7: lets an agent that is started again forget that its server has handed back.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 62297
think 0.040000 0.120000
at 4.392193 instance b cannot promote
at 4.392193 kill instance a
at 4.625588 kill agent b
at 4.625588 cut b
at 4.625588 instance b can promote
lasts 5
never lost
