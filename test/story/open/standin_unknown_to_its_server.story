servers a b
primary a
automatic on
silence fallback
begins switchable
at 0.1 load on
at 9.0 cut a b
at 9.0 trap b after persist 2 kill host
at 38.0 heal
at 38.0 boot b
at 38.5 start b -f
lasts 70
must standin.detach on a
must primary a at 37
must switchable at 69
never lost
never two acknowledging
expect
