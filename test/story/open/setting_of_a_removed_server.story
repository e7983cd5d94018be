# 3 servers with one removed = two voters; c stuck: section 8 not testable. here: automatic off asked at the outside server
servers a b c
primary a
automatic on
eligible 1
begins switchable
at 0.2 load on
at 2.0 members at a without c
at 4.0 start c -f
at 6.0 disable a
at 8.0 kill host c
at 30.0 boot c
at 30.5 start c --mc-only
at 32.0 members at a with c
lasts 45
must automatic off at 31
must automatic off at 44
expect
