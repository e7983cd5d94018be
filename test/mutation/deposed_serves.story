# Without P4: lets a deposed primary run on.
servers a b c
arbiters w
primary a
automatic on
begins switchable
eligible 1
seed 164
at 0.519024 freeze agent a
at 10.833764 kill agent a
lasts 20
never lost
