# Without E3: judges a memory that was put back by its number of writes alone.
servers a b
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 31
think 0.002000 0.008000
at 3.495504 cut agents b w
at 4.995504 kill instance a
at 5.031712 copy memory of a
at 5.032878 cut b -> a
at 5.992878 kill host a
at 6.092878 old memory of a unseen
at 6.192878 boot a
at 7.092878 start a
lasts 10
never lost
