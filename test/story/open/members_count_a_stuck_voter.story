# as lines_meet_accepted_alone: a stays behind, and is heard. b and w are a majority. The operator removes w.
servers a b
arbiters w
primary a
automatic on
rejoin rewind
begins switchable
at 0.1 load on
at 2.0 cut b
at 4.059 cut a w
at 8.0 force b without a w
at 12.0 heal b w
at 14.0 heal
at 20.0 members at b without w
at 35.0 kill instance b
at 45.0 force b without a
at 50.0 force b for good without a
at 52.0 members at b without a
lasts 70
must split.waits on a by 15
must opening.done on b after 35
never two acknowledging
expect
