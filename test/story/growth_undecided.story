# The attachment is accepted by both others, and their answers are lost; then all hear each other again. The primary does not let
# its own growth stand undecided: it asks what has become of it, and the standby counts.
servers a b
arbiters w
primary a
automatic on
begins solo
at 0.5 disk of b slow 0.4
at 0.5 disk of w slow 0.4
at 1.0 backup directory a to b
at 2.575 lose 1000
at 3.1 lose 0
at 3.1 disk of b works
at 3.1 disk of w works
lasts 20
must attach.accept on a by 2.6
must pending.resolve on a
must primary a at 19
must switchable at 19
never lost
expect
    0.500  -      disk                         of b slow 0.4
    0.500  -      disk                         of w slow 0.4
    1.000  -      backup                       directory a to b
    1.055  b      idle.wanted                  idle -> asking
    1.055  b      asking.round                 asking
    1.737  b      asking.name_copy             asking
    1.742  b      asking.seek                  asking -> seeking
    1.742  b      seeking.ask                  seeking
    1.743  b      seeking.start                seeking -> standby-starting
    1.847  b      instance                     up, standby
    1.849  b      standby_starting.up          standby-starting -> standby
    1.849  b      standby.open                 standby
    2.055  a      attach.tighten               primary
    2.242  b      standby.ask                  standby
    2.255  a      attach.propose               primary
    2.574  a      attach.accept                primary
    2.575  -      lose                         1000
    3.100  -      lose                         0
    3.100  -      disk                         of b works
    3.100  -      disk                         of w works
    3.270  a      pending.resolve              primary
