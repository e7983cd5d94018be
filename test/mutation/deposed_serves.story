# Without P4: lets a deposed primary run on.
servers a b c
primary a
automatic on
begins switchable
eligible 1
seed 199
think 0.040000 0.120000
at 7.052561 freeze agent primary
at 7.937633 trap primary before send 6 kill agent
at 19.235014 thaw all
lasts 30
never lost
